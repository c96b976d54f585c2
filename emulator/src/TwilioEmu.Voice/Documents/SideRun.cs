using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Sound;
using TwilioEmu.Voice.Verbs;

namespace TwilioEmu.Voice.Documents;

/// <summary>How a document beside a call's own ended.</summary>
internal enum SideEnd
{
    /// <summary>Its last verb is done.</summary>
    RanOut,

    /// <summary><c>&lt;Leave&gt;</c>.</summary>
    Left,

    /// <summary><c>&lt;Hangup&gt;</c>.</summary>
    HungUp,

    /// <summary>
    /// A sound file, and nothing answered at its URL; the alert is raised. What would have been heard is silence (inferred).
    /// </summary>
    OutOfReach,

    /// <summary>It could not be had, or holds what may not stand there; its alert is raised.</summary>
    Failed,
}

/// <summary>What may stand in a document beside a call's own.</summary>
/// <param name="Words">The verbs, for the alert.</param>
/// <param name="Code">Of any other verb.</param>
/// <param name="TakesInput">True where <c>Gather</c>, <c>Hangup</c> and <c>Leave</c> may stand too.</param>
internal sealed record SideRules(string Words, int Code, bool TakesInput)
{
    /// <summary><c>&lt;Enqueue waitUrl&gt;</c> (twilio.com/docs/voice/twiml/enqueue).</summary>
    public static readonly SideRules QueueWait = new("Play, Say, Pause, Hangup, Redirect, Leave, Gather", 14202, TakesInput: true);

    /// <summary><c>&lt;Queue url&gt;</c> (twilio.com/docs/voice/twiml/queue).</summary>
    public static readonly SideRules QueueWhisper = new("Play, Say, Pause, Redirect", 14211, TakesInput: false);

    /// <summary><c>&lt;Conference waitUrl&gt;</c>, HoldUrl, AnnounceUrl (error dictionary 13238).</summary>
    public static readonly SideRules Conference = new("Play, Say, Pause, Redirect", 13238, TakesInput: false);

    public bool Allows(Verb verb) => verb is Say or Play or PlaySound or Pause or Redirect or BrokenVerb
        || (TakesInput && verb is Hangup or Leave or Verbs.Gathering.Gather);
}

/// <summary>Runs documents that a party hears while its call is in the midst of a verb: waiting music, whispers, announcements.</summary>
/// <remarks>Loop-confined. The call's own document stays where it is; cancelled, the sound is cut short.</remarks>
internal sealed class SideRun(CallServices services, LiveCall call, SideRules rules, ICallMedia media)
{
    private readonly DocumentFetcher _fetcher = new(services, isBeside: true);

    /// <summary>Runs a document and where it leads, to the end.</summary>
    public async Task<SideEnd> RunAsync(DocumentRequest first, CancellationToken cancellation)
    {
        var request = first;
        while (true)
        {
            if (_fetcher.Chain.Count() is { } endless)
            {
                return Failed(new Next.Failed(endless.Code, endless.Message, UrlOf(request), IsAlerted: false));
            }
            switch (await OneAsync(request, cancellation))
            {
                case Next.Document next: request = next.Request; break;
                case Next.Left: return SideEnd.Left;
                case Next.HangUp: return SideEnd.HungUp;
                case Next.Failed failed: return Failed(failed);
                case Next.Unbuilt: return SideEnd.Failed;
                default: return SideEnd.RanOut;
            }
        }
    }

    private async Task<Next> OneAsync(DocumentRequest request, CancellationToken cancellation)
    {
        var (document, fault) = await _fetcher.FetchAsync(call, request, cancellation);
        if (fault is not null) return fault;
        if (document!.Verbs.FirstOrDefault(v => !rules.Allows(v)) is { } stranger)
        {
            return new Next.Failed(
                rules.Code, $"<{stranger.GetType().Name}> may not stand there: only {rules.Words} may", UrlOf(request), IsAlerted: false);
        }
        using var scope = new Interruption(cancellation);
        var context = new VerbContext(services, call, document, VerbPlace.Side, media, scope);
        foreach (var verb in document.Verbs)
        {
            cancellation.ThrowIfCancellationRequested();
            var next = await verb.RunThroughAsync(context, cancellation);
            if (next is not Next.Onward) return next;
        }
        return Next.Continue;
    }

    private SideEnd Failed(Next.Failed failed)
    {
        if (!failed.IsAlerted) call.Cause = services.Raise(call.Record, failed.Code, failed.Message, failed.Url, call.Cause).Seq;
        return failed.IsOutOfReach ? SideEnd.OutOfReach : SideEnd.Failed;
    }

    private static string UrlOf(DocumentRequest request) => (request as DocumentRequest.Fetch)?.Url ?? "";
}
