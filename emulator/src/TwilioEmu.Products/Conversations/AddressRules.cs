using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Conversations;

/// <summary>What the configuration of an address that opens conversations may be.</summary>
/// <param name="book">The account's configurations and services.</param>
/// <param name="owns">True when the account has the number of <c>sms</c>, or the sender on a channel.</param>
/// <param name="defaultServiceOf">The service of an account that names none.</param>
/// <remarks>
/// Loop-confined. twilio.com/docs/conversations/api/address-configuration-resource: a single address of the account's, configured once.
/// With which codes the live service says no is not published (inferred from its siblings).
/// </remarks>
internal sealed class AddressRules(
    ConversationBook book, Func<AccountSid, string, string, bool> owns, Func<AccountSid, string> defaultServiceOf)
{
    // Of e-mail, chats and the rest nothing here knows whose an address is.
    private static readonly string[] Known = ["sms", "whatsapp", "rcs", "messenger"];

    private const string Service = "AutoCreation.ConversationServiceSid";

    /// <summary>What is wrong with one to be, or with changes of one; null for nothing.</summary>
    public TwilioError? Fault(RestRequest request)
    {
        if (request.Form["Address"] is { Length: > 0 } address)
        {
            var type = request.Form["Type"] ?? "";
            if (Known.Contains(type) && !owns(request.Account, type, address))
            {
                return ErrorCodes.Error(50413, $"{address} does not belong to the account");
            }
            if (book.Addresses(request.Account).OldestFirst().Any(a => a["address"] == address))
            {
                return ErrorCodes.Error(20409, $"an address configuration for {address} is here already");
            }
        }
        return request.Form[Service] is not { Length: > 0 } sid || book.ServicesOf(request.Account).Contains(sid)
            || sid == defaultServiceOf(request.Account)
            ? null
            : TwilioError.NotFound($"/Services/{sid}");
    }
}
