namespace TwilioEmu.Webhooks.Wires;

/// <summary>A way to an app. Never throws for what the app does; cancellation alone ends it early.</summary>
internal interface IWire
{
    /// <summary>The clock that limits are measured by.</summary>
    TimeProvider Clock { get; }

    /// <summary>Loop-confined: begun in a turn, resumes in one.</summary>
    Task<WireAnswer> SendAsync(WireRequest request, CancellationToken cancellation);
}
