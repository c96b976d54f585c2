using TwilioEmu.Kernel.Looping;
using TwilioEmu.Media.Score;
using TwilioEmu.Voice.Sound;

namespace TwilioEmu.Voice.Conferences;

/// <summary>When a beep tells the room of a member.</summary>
internal enum BeepWhen
{
    Both,
    Enter,
    Exit,
    Never,
}

/// <summary>A call in a conference, and how it takes part.</summary>
/// <remarks>Loop-confined. Changed by its <see cref="ConferenceRoom"/> alone.</remarks>
internal sealed class ConferenceMember(WorldLoop loop, string callSid, ICallMedia media, DateTimeOffset since) : IDisposable
{
    private readonly CancellationTokenSource _presence = new();

    public string CallSid => callSid;

    public PartyId Id { get; } = new(callSid);

    public ICallMedia Media => media;

    public DateTimeOffset Since { get; } = since;

    public DateTimeOffset Updated { get; set; } = since;

    public string? Label { get; init; }

    public bool IsMuted { get; set; }

    public bool IsHeld { get; set; }

    /// <summary>The member that alone hears this one; null for a full member.</summary>
    public string? CoachedSid { get; set; }

    public bool StartsOnEnter { get; init; } = true;

    public bool EndsOnExit { get; set; }

    public BeepWhen Beeps { get; set; }

    /// <summary>By its name.</summary>
    public string JitterBuffer { get; init; } = JitterBuffers.Usual;

    /// <summary>What it hears until the conference begins, absolute (empty for silence), and how that is asked for.</summary>
    public (string Url, string Method) Waiting { get; private set; }

    /// <summary>Told when it is to hear something else until then.</summary>
    public Signal<bool> WaitingChanged { get; private set; } = new(loop);

    /// <summary>The conference has begun: no more waiting music.</summary>
    public Signal<bool> Started { get; } = new(loop);

    /// <summary>It is out of the room by somebody else's doing: kicked, or the conference is over.</summary>
    public Signal<bool> Removed { get; } = new(loop);

    /// <summary>What it hears alone while it is on hold; null while it is not.</summary>
    public CancellationTokenSource? HoldMusic { get; set; }

    /// <summary>Cancelled when it leaves.</summary>
    public CancellationToken Presence => _presence.Token;

    /// <summary>From now on it hears that until the conference begins.</summary>
    public void WaitWith(string url, string method)
    {
        var told = WaitingChanged;
        (Waiting, WaitingChanged) = ((url, method), new(loop));
        told.TrySet(true);
    }

    /// <summary>It is gone: what it hears alone ends.</summary>
    public void Leave()
    {
        HoldMusic?.Cancel();
        _presence.Cancel();
    }

    public void Dispose()
    {
        HoldMusic?.Dispose();
        _presence.Dispose();
    }
}
