using TwilioEmu.Kernel.Ids;
using TwilioEmu.Products.Verify.Sending;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Verify.Services;

/// <summary>The e-mail settings of services: all of them, or none.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/api/errors/60253: an update may name those it changes, and takes them all away by three empty ones. The
/// public document has neither the parameters nor a property, so they are kept beside the service.
/// </remarks>
internal sealed class MailerRules(VerifyShelf shelf)
{
    private const string From = "Email.From";
    private const string FromName = "Email.FromName";
    private const string Template = "Email.ContentTemplateId";

    public static IReadOnlyList<string> Parameters { get; } = [From, FromName, Template];

    /// <summary>What is wrong with them, or null.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="now">What they are, or null.</param>
    public static TwilioError? Fault(RestRequest request, Mailer? now)
    {
        if (!AreIn(request.Form)) return null;
        var wanted = Wanted(request.Form, now, "");
        var count = new[] { wanted.From, wanted.FromName, wanted.TemplateId }.Count(v => v.Length > 0);
        return count is not (0 or 3)
            ? ErrorCodes.Error(60253, $"Invalid email settings: {string.Join(", ", Parameters)} go together")
            : count == 3 && EmailAddress.Read(wanted.From) is null ? Faults.Parameter(From, wanted.From)
            : null;
    }

    /// <summary>Keeps what a request says of them, once its service is there.</summary>
    public void Keep(RestRequest request, string service)
    {
        if (!AreIn(request.Form)) return;
        var now = shelf.MailerOf(request.Account, service);
        var wanted = Wanted(request.Form, now, service);
        if (wanted.From.Length == 0)
        {
            Forget(request.Account, service, request.Cause);
            return;
        }
        shelf.World.Store.Put(Mailer.Table, request.Account, wanted, VerifyEntries.MailerChanged, request.Cause);
    }

    /// <summary>Takes them away.</summary>
    public void Forget(AccountSid account, string service, long cause)
    {
        if (shelf.MailerOf(account, service) is null) return;
        shelf.World.Store.Remove(Mailer.Table, account, service, VerifyEntries.MailerRemoved, cause);
    }

    private static bool AreIn(FormValues form) => Parameters.Any(form.Has);

    private static Mailer Wanted(FormValues form, Mailer? now, string service) => new(
        service, form[From] ?? now?.From ?? "", form[FromName] ?? now?.FromName ?? "", form[Template] ?? now?.TemplateId ?? "");
}
