using System.Diagnostics.CodeAnalysis;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Paging;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>The one turn a request has on the loop: admit, journal, behave, cut the page.</summary>
/// <remarks>Loop-confined but for construction.</remarks>
/// <param name="world">Loop and journal.</param>
/// <param name="authenticator">Admits and refuses.</param>
/// <param name="credentials">Remembers who was admitted.</param>
/// <param name="behaviourOf">What an operation does; null where it may not.</param>
/// <param name="gateOf">Who is asked before it is done; null for nobody.</param>
internal sealed class TurnOfRequest(
    World world,
    IAuthenticator authenticator,
    BasicCredentials credentials,
    Func<Operation, Principal, Behaviour?> behaviourOf,
    Gate gateOf)
{
    // Names of parameters that a warning repeats.
    private const int MostNamed = 20;

    // A stream of its own: looking at the world by GET must not change the SIDs of what comes next.
    private readonly SidMint _requestIds = new(world.KeptChances("request ids"));
    private readonly Polling _polling = new(world.Clock);

    /// <summary>Posted to the loop with the pending for a state.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "The turn's boundary: a fault of a behaviour is answered 500 and journalled.")]
    public void Run(object? state)
    {
        var pending = (PendingRequest)state!;
        try
        {
            pending.RequestId = _requestIds.New("RQ");
            if (Serve(pending) is not { } answer) return;
            pending.Answer = answer;
            if (pending.CameFrom is { } outside) world.Clock.Note(outside);
        }
        catch (Exception fault)
        {
            Break(pending, fault);
        }
        Complete(pending);
    }

    private void Complete(PendingRequest pending)
    {
        if (pending.Method is not ("GET" or "HEAD") && pending.Account != AccountSid.None) pending.Changed = world.Journal.LastSeq;
        pending.Complete();
    }

    private void Break(PendingRequest pending, Exception fault)
    {
        world.Journal.TellOfFault(fault, pending.Route.Path);
        pending.Answer = new Answer.Refusal(ErrorCodes.Error(20500));
    }

    /// <summary>The answer; null while somebody is asked, who completes the request later.</summary>
    private Answer? Serve(PendingRequest pending)
    {
        // 1. Paths that lead nowhere are nobody's.
        if (pending.Route.Operation is not { } operation) return Refuse(pending, pending.Fault!, 0);

        // 2. Admit.
        var named = AccountInPath(pending.Route.Values);
        if (Admit(pending, operation, named, out var refusal) is not { } principal)
        {
            return Refuse(pending, refusal ?? ErrorCodes.Error(20003), 0);
        }
        pending.Account = named ?? principal.Account;
        if (!operation.IsOpen) credentials.Admit(pending.Credentials, principal.Account.Value);
        // What a webhook of ours does has nobody outside who goes on from it.
        if (!operation.IsOpen && pending.Errand is null)
        {
            pending.CameFrom = pending.Method is "GET" or "HEAD" ? Outside.Looked : Outside.Acted;
        }
        if (pending.IsBeyondCeiling) return Refuse(pending, ErrorCodes.Error(20429, "Too Many Requests"), 0);
        // twilio.com/docs/iam/test-credentials: with test credentials everything but a few operations is 403/20008.
        if (behaviourOf(operation, principal) is not { } behave)
        {
            return Refuse(pending, ErrorCodes.Error(20008, "Resource not accessible with Test Account Credentials"), 0);
        }

        // 3. What was found wrong before.
        if (pending.Fault is { } fault)
        {
            return Refuse(pending, fault.Cure is null ? fault with { Cure = CureOf(pending, operation) } : fault, 0);
        }

        if (world.Keeper is { IsFailing: true } && pending.Method is not ("GET" or "HEAD"))
        {
            return Refuse(pending, ErrorCodes.Error(20500), 0);
        }
        if (FullStore(operation) is { } full) return Refuse(pending, full, 0);

        // 4. Behave.
        var cause = pending.Method is "GET" or "HEAD"
            ? 0
            : world.Journal.Write(
                pending.Account, RequestEntries.Request, pending.Route.Path, world.Journal.CauseOf(pending.Errand),
                new RequestEntry(
                    pending.Method, operation.Id, principal.Credential, null)
                { Source = pending.Source, Product = operation.Host }).Seq;
        var before = world.Journal.LastSeq;
        Warn(pending, operation, cause);
        var request = new RestRequest
        {
            Operation = operation,
            Principal = principal,
            Account = pending.Account,
            Path = AnswerFormats.PathForBehaviours(pending.Route),
            Extension = pending.Route.Extension,
            PathValues = pending.Route.Values,
            Query = pending.Query.Values,
            Form = pending.Form.Values,
            Json = pending.Form.Json,
            IfMatch = pending.IfMatch,
            IsToldToWebhooks = string.Equals(pending.TellsWebhooks, "true", StringComparison.OrdinalIgnoreCase),
            BaseUrl = pending.Route.BaseUrl,
            Cause = cause,
        };
        if (gateOf(request) is not { } asked) return Behave(pending, request, behave, before);
        pending.Warnings = WarningsAfter(before);
        Await(pending, request, behave, asked);
        return null;
    }

    /// <summary>
    /// The refusal of one more thing while those that wait, or are only stored, fill their room; null while they do not. Those there are
    /// may grow a little beyond it, and whatever makes room is let in.
    /// </summary>
    private TwilioError? FullStore(Operation operation)
    {
        var (taken, room) = (world.Store.LiveBytes, world.Store.MaxLiveBytes);
        var isFull = operation.Kind switch
        {
            OperationKind.Create or OperationKind.Action => taken >= room,
            OperationKind.Update => taken >= room + (room / 4),
            _ => false,
        };
        return !isFull ? null : ErrorCodes.Error(20503) with
        {
            Cure = $"messages that wait, calls, and resources that are stored take {taken >> 20} MiB, and may take {room >> 20}, a quarter "
                + "of what the process may use: let the queues drain, delete something, or give it more (--memory)",
        };
    }

    // By itself: what a lambda holds is made where its method begins, for all that are never asked about.
    private void Await(PendingRequest pending, RestRequest request, Behaviour behave, Task<Admission> asked) =>
        world.Loop.Start(() => PassAsync(pending, request, behave, asked));

    /// <summary>Waits for the gate's word; what is done after it is a turn of its own.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "The turn's boundary, as in Run.")]
    private async Task PassAsync(PendingRequest pending, RestRequest request, Behaviour behave, Task<Admission> asked)
    {
        try
        {
            var word = await asked;
            pending.Answer = word.Refusal is { } refusal
                ? Refuse(pending, refusal, word.Cause)
                : Behave(
                    pending, request with { Form = request.Form.With(word.Changes), Cause = word.Cause }, behave, world.Journal.LastSeq);
            if (pending.CameFrom is { } outside) world.Clock.Note(outside);
        }
        catch (Exception fault)
        {
            Break(pending, fault);
        }
        Complete(pending);
    }

    private Answer Behave(PendingRequest pending, RestRequest request, Behaviour behave, long before)
    {
        var operation = request.Operation;
        var answer = behave(request);
        var warnings = WarningsAfter(before);
        pending.Warnings = pending.Warnings.Count == 0 ? warnings : [.. pending.Warnings, .. warnings];

        // 5. Only bytes have extensions that are no format.
        if (!AnswerFormats.IsFormat(pending.Route.Extension) && answer is Answer.Resource or Answer.List)
        {
            answer = new Answer.Refusal(TwilioError.NotFound(pending.Route.Path));
        }

        // 6. A list's walk belongs to the loop.
        if (answer is Answer.List list)
        {
            pending.Cut = Page.Cut(list, pending.Page, out var refusal);
            if (refusal is not null) return Refuse(pending, refusal, request.Cause);
            if (operation.Page is PageStyle.Scim or PageStyle.Counted) pending.Cut = pending.Cut! with { Total = list.Walk(null).Count() };
        }
        return answer is Answer.Refusal refused ? Refuse(pending, refused.Error, request.Cause) : answer;
    }

    private Principal? Admit(PendingRequest pending, Operation operation, AccountSid? named, out TwilioError? refusal)
    {
        refusal = null;
        if (operation.IsOpen) return Principal.Anyone;
        var shown = pending.Credentials;
        return authenticator.Admit(
            new AccessAttempt(operation)
            {
                User = shown.User,
                Password = shown.Password,
                Bearer = shown.Bearer,
                Account = named,
                PathValues = pending.Route.Values,
                WantsBytes = !AnswerFormats.IsFormat(pending.Route.Extension) || pending.Route.Extension.Length == 0,
            },
            out refusal);
    }

    private static AccountSid? AccountInPath(PathValues values) =>
        values.TryGetValue("AccountSid", out var account) ? new AccountSid(account) : null;

    private Answer.Refusal Refuse(PendingRequest pending, TwilioError error, long cause)
    {
        if (error.Cure is { } cure) pending.Warnings = [.. pending.Warnings, cure];
        // Asking in vain whether something is there is how clients poll: no news, unless it never can be there.
        if (pending.Method is not ("GET" or "HEAD") || error.Status != 404 || error.Cure is not null)
        {
            world.Journal.Write(
                pending.Account, RequestEntries.Refused, pending.Route.Path, cause,
                new RequestEntry(pending.Method, pending.Route.Operation?.Id, pending.Credentials.User, error)
                {
                    Source = pending.Source,
                    Product = pending.Route.Operation?.Host,
                });
        }
        return new Answer.Refusal(error);
    }

    /// <summary>What the request's own turn was warned of: nothing else runs meanwhile.</summary>
    private IReadOnlyList<string> WarningsAfter(long seq)
    {
        if (world.Journal.LastSeq == seq) return [];
        List<string>? warnings = null;
        while (seq < world.Journal.LastSeq)
        {
            if (world.Journal.Find(++seq) is { } entry && WorldEntries.WarningOf(entry) is { } warning) (warnings ??= []).Add(warning);
        }
        return warnings ?? (IReadOnlyList<string>)[];
    }

    private void Warn(PendingRequest pending, Operation operation, long cause)
    {
        if (pending.Form.Warning is { } warning) world.Journal.Warn(pending.Account, pending.Route.Path, cause, warning);
        if (_polling.Tell(pending.Method, pending.Route.Path) is { } told)
        {
            world.Journal.Warn(pending.Account, pending.Route.Path, cause, told);
        }
        if (operation.Kind == OperationKind.List
            && Checks.PartialDates(operation, pending.Query.Values).Select(Quote.Short).ToList() is { Count: > 0 } parts)
        {
            world.Journal.Warn(
                pending.Account, pending.Route.Path, cause,
                $"a year or a month is taken as its first midnight: {string.Join(", ", parts)}; filters are whole dates (YYYY-MM-DD)");
        }
        // Unknown parameters are ignored, as by the live service (twilio.com/docs/usage/requests-to-twilio), but not in silence.
        if (Strangers(pending, operation) is var (words, names))
        {
            world.Journal.Warn(pending.Account, pending.Route.Path, cause, words, names);
        }
    }

    /// <summary>What is missing was sent perhaps, and not so that it could be read.</summary>
    private static string? CureOf(PendingRequest pending, Operation operation) =>
        pending.Form.Warning ?? (Strangers(pending, operation) is var (words, names) ? $"{words}: {string.Join(", ", names)}" : null);

    /// <summary>
    /// The parameters that the operation does not know, in words, with those
    /// that differ in capitals or underscores alone; null where there are none.
    /// </summary>
    private static (string Words, string[] Names)? Strangers(PendingRequest pending, Operation operation)
    {
        if (pending.Form.Unknown is null && pending.Query.Unknown is null) return null;
        string[] names = [.. (pending.Query.Unknown ?? []).Concat(pending.Form.Unknown ?? []).Take(MostNamed).Select(Quote.Short)];
        var more = (pending.Query.Unknown?.Count ?? 0) + (pending.Form.Unknown?.Count ?? 0) - names.Length;
        var meant = names
            .Select(name => (
                Name: name,
                Known: operation.Parameters.FirstOrDefault(p =>
                    p.Name != name && Letters(p.Name).Equals(Letters(name), StringComparison.OrdinalIgnoreCase))?.Name))
            .Where(m => m.Known is not null);
        var hints = string.Join(", ", meant.Select(m => $"{m.Known} for {m.Name}"));
        return (
            $"{operation.Id} does not know these parameters; they are "
                + $"ignored{(more > 0 ? $"; {more} more are not named" : "")}{(hints.Length > 0 ? $"; say {hints}" : "")}",
            names);
    }

    private static string Letters(string name) => name.Replace("_", "", StringComparison.Ordinal);
}
