using System.Diagnostics.CodeAnalysis;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Paging;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>The one turn a request has on the loop: admit, journal, behave, cut the page.</summary>
/// <remarks>Loop-confined but for construction.</remarks>
internal sealed class TurnOfRequest(World world, IGatekeeper gatekeeper, Func<Operation, Caller, Behaviour?> behaviourOf)
{
    // A stream of its own: looking at the world by GET must not change the SIDs of what comes next.
    private readonly SidMint _requestIds = new(world.Chances("request ids"));

    /// <summary>Posted to the loop with the visit for a state.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "The turn's boundary: a fault of a behaviour is answered 500 and journalled.")]
    public void Run(object? state)
    {
        var visit = (Visit)state!;
        try
        {
            visit.RequestId = _requestIds.New("RQ");
            visit.Answer = Serve(visit);
            if (visit.CameFrom is { } outside) world.Clock.Note(outside);
        }
        catch (Exception fault)
        {
            WriteFault((world, visit.Route.Path, fault));
            visit.Answer = new Answer.Refusal(ErrorCodes.Error(20500));
        }
        visit.Complete();
    }

    public static void WriteFault((World World, string Path, Exception Fault) what) => what.World.Journal.Write(
        AccountSid.None, "fault", what.Path, 0,
        ("type", what.Fault.GetType().Name), ("message", what.Fault.Message), ("stack", what.Fault.StackTrace));

    private Answer Serve(Visit visit)
    {
        // 1. Paths that lead nowhere are nobody's.
        if (visit.Route.Operation is not { } operation) return Refuse(visit, visit.Fault!, 0);

        // 2. Admit.
        var named = AccountInPath(visit.Route.Values);
        if (Admit(visit, operation, named, out var refusal) is not { } caller) return Refuse(visit, refusal ?? ErrorCodes.Error(20003), 0);
        visit.Account = named ?? caller.Account;
        visit.Credentials.Account = caller.Account.Value;
        if (!operation.IsOpen) visit.CameFrom = visit.Method is "GET" or "HEAD" ? Outside.Looked : Outside.Acted;
        if (visit.IsBeyondCeiling) return Refuse(visit, ErrorCodes.Error(20429, "Too Many Requests"), 0);
        // twilio.com/docs/iam/test-credentials: with test credentials everything but a few operations is 403/20008.
        if (behaviourOf(operation, caller) is not { } behave)
        {
            return Refuse(visit, ErrorCodes.Error(20008, "Resource not accessible with Test Account Credentials"), 0);
        }

        // 3. What was found wrong before.
        if (visit.Fault is { } fault) return Refuse(visit, fault, 0);

        // 4. Behave.
        var cause = visit.Method is "GET" or "HEAD"
            ? 0
            : world.Journal.Write(
                visit.Account, "request", visit.Route.Path, world.Journal.CauseOf(visit.Errand), new RequestEntry(visit.Method, operation.Id, caller.Credential, null) { Source = visit.Source, Product = operation.Host }).Seq;
        Warn(visit, operation, cause);
        var answer = behave(new RestRequest
        {
            Operation = operation,
            Caller = caller,
            Account = visit.Account,
            Path = AnswerFormats.PathForBehaviours(visit.Route),
            Extension = visit.Route.Extension,
            PathValues = visit.Route.Values,
            Query = visit.Query.Values,
            Form = visit.Form.Values,
            Json = visit.Form.Json,
            IfMatch = visit.IfMatch,
            BaseUrl = visit.Route.BaseUrl,
            Cause = cause,
        });

        // 5. Only bytes have extensions that are no format.
        if (!AnswerFormats.IsFormat(visit.Route.Extension) && answer is Answer.Resource or Answer.List) answer = new Answer.Refusal(TwilioError.NotFound(visit.Route.Path));

        // 6. A list's walk belongs to the loop.
        if (answer is Answer.List list)
        {
            visit.Cut = Page.Cut(list, visit.Page, out refusal);
            if (refusal is not null) return Refuse(visit, refusal, cause);
            if (operation.Page is PageStyle.Scim or PageStyle.Counted) visit.Cut = visit.Cut! with { Total = list.Walk(null).Count() };
        }
        return answer is Answer.Refusal refused ? Refuse(visit, refused.Error, cause) : answer;
    }

    private Caller? Admit(Visit visit, Operation operation, AccountSid? named, out TwilioError? refusal)
    {
        refusal = null;
        if (operation.IsOpen) return Caller.Anyone;
        var credentials = visit.Credentials;
        return gatekeeper.Admit(
            new Visitor(operation) { User = credentials.User, Password = credentials.Password, Bearer = credentials.Bearer, Account = named }, out refusal);
    }

    private static AccountSid? AccountInPath(PathValues values) =>
        values.TryGetValue("AccountSid", out var account) ? new AccountSid(account) : null;

    private Answer.Refusal Refuse(Visit visit, TwilioError error, long cause)
    {
        // Asking in vain whether something is there is how clients poll: no news.
        if (visit.Method is not ("GET" or "HEAD") || error.Status != 404)
        {
            world.Journal.Write(
                visit.Account, "request.refused", visit.Route.Path, cause,
                new RequestEntry(visit.Method, visit.Route.Operation?.Id, visit.Credentials.User, error) { Source = visit.Source, Product = visit.Route.Operation?.Host });
        }
        return new Answer.Refusal(error);
    }

    private void Warn(Visit visit, Operation operation, long cause)
    {
        if (visit.Form.Warning is { } warning) world.Journal.Write(visit.Account, "request.warning", visit.Route.Path, cause, ("warning", warning));
        // Unknown parameters are ignored, as by the live service (twilio.com/docs/usage/requests-to-twilio), but not in silence.
        if (visit.Form.Unknown is null && visit.Query.Unknown is null) return;
        string[] names = [.. visit.Query.Unknown ?? [], .. visit.Form.Unknown ?? []];
        world.Journal.Write(
            visit.Account, "request.warning", visit.Route.Path, cause,
            ("warning", $"{operation.Id} does not know these parameters; they are ignored"), ("parameters", names));
    }
}
