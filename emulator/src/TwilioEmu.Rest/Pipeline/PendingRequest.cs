using System.Threading.Tasks.Sources;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Paging;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>One request on its way through the door: what was read of it, and, after its turn on the loop, what it is answered.</summary>
/// <remarks>
/// Made for one hop: the request's thread fills it and awaits it, the loop's turn fills the answer and completes it, and the
/// continuation runs on the thread pool, never on the loop.
/// </remarks>
internal sealed class PendingRequest : IValueTaskSource
{
    private static readonly Answer None = new Answer.NoContent();

    private ManualResetValueTaskSourceCore<bool> _turn = new() { RunContinuationsAsynchronously = true };

    public required FrontDoor Door { get; init; }

    public required string Method { get; init; }

    public required Route Route { get; init; }

    public Credentials Credentials { get; init; } = Credentials.None;

    /// <summary>Where it comes from; null without a socket.</summary>
    public System.Net.IPAddress? Source { get; init; }

    /// <summary>True when the account has more requests in flight than it may.</summary>
    public bool IsBeyondCeiling { get; init; }

    public ParsedForm Query { get; init; } = ParsedForm.Empty;

    public ParsedForm Form { get; init; } = ParsedForm.Empty;

    /// <summary>The <c>If-Match</c> header.</summary>
    public string? IfMatch { get; init; }

    /// <summary>The header <c>X-Twilio-Webhook-Enabled</c>, or null.</summary>
    public string? TellsWebhooks { get; init; }

    /// <summary>Set on requests of the emulator's own letterbox: an app's URL that is the emulator's API.</summary>
    public string? Errand { get; init; }

    /// <summary>Found before the turn, told after admission: strangers learn nothing.</summary>
    public Errors.TwilioError? Fault { get; set; }

    public PageRequest Page { get; set; }

    /// <summary>Set by the turn.</summary>
    public Answer Answer { get; set; } = None;

    /// <summary>Set by the turn when the answer is a list.</summary>
    public Page? Cut { get; set; }

    /// <summary>Set by the turn.</summary>
    public string RequestId { get; set; } = "";

    /// <summary>Set by the turn once the principal was admitted.</summary>
    public AccountSid Account { get; set; } = AccountSid.None;

    /// <summary>What the clock is to be told of it; set by the turn once the caller was admitted: strangers do not keep time.</summary>
    public Kernel.Time.Outside? CameFrom { get; set; }

    /// <summary>Set by the turn: what the journal warns of, for the answer's header.</summary>
    public IReadOnlyList<string> Warnings { get; set; } = [];

    /// <summary>
    /// Set by the turn: the newest entry of what it did, which is to be kept before it is answered; 0 where it only looked.
    /// </summary>
    public long Changed { get; set; }

    /// <summary>Completes when the turn has run.</summary>
    public ValueTask Turn => new(this, _turn.Version);

    public void Complete() => _turn.SetResult(true);

    void IValueTaskSource.GetResult(short token) => _turn.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _turn.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _turn.OnCompleted(continuation, state, token, flags);
}
