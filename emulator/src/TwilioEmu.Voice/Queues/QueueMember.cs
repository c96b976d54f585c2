using TwilioEmu.Kernel.Looping;
using TwilioEmu.Voice.Sound;

namespace TwilioEmu.Voice.Queues;

/// <summary>A call in a queue, between who waits in it and who takes it out.</summary>
/// <remarks>
/// Loop-confined. Told once each, in this order: <see cref="Taken"/> by whoever takes it, <see cref="Ready"/> by the waiting call when it
/// has heard what it was to hear, <see cref="Parted"/> by the taker when the talk is over; <see cref="Left"/> by the waiting call at any
/// time.
/// </remarks>
internal sealed class QueueMember(
    WorldLoop loop, Queue queue, string callSid, string party, ICallMedia media, Transcript transcript, DateTimeOffset since)
{
    /// <summary>As it was when the call joined it.</summary>
    public Queue Queue => queue;

    public string CallSid => callSid;

    /// <summary>The number of who waits.</summary>
    public string Party => party;

    public ICallMedia Media => media;

    public Transcript Transcript => transcript;

    public DateTimeOffset Since => since;

    /// <summary>How long it waited, once it is taken or has left.</summary>
    public TimeSpan Waited { get; set; }

    /// <summary>Somebody takes it out to be bridged.</summary>
    public Signal<QueueTaker> Taken { get; } = new(loop);

    /// <summary>It may be bridged now.</summary>
    public Signal<bool> Ready { get; } = new(loop);

    /// <summary>The bridge is over, or came to nothing.</summary>
    public Signal<bool> Parted { get; } = new(loop);

    /// <summary>The waiting call is gone: hung up, or sent elsewhere.</summary>
    public Signal<bool> Left { get; } = new(loop);
}

/// <summary>The call that takes another out of its queue.</summary>
/// <param name="CallSid">Its SID: <c>DequeingCallSid</c>.</param>
/// <param name="Url">What the waiting call is to hear before the bridge, absolute; null for nothing.</param>
/// <param name="Method">How it is asked for.</param>
internal sealed record QueueTaker(string CallSid, string? Url, string Method);
