using TwilioEmu.Media.Rtp;

namespace TwilioEmu.Voice.Conferences;

/// <summary>How long a conference lets what a live member says wait for what is late of it: <c>jitterBufferSize</c>.</summary>
/// <remarks>
/// twilio.com/docs/voice/twiml/conference#attributes-jitter-buffer-size: 20, 40 and 60 ms, and the latency up to which each may grow. Off
/// plays what comes when it comes.
/// </remarks>
internal static class JitterBuffers
{
    public const string Usual = "large";

    public static readonly string[] Names = [Usual, "medium", "small", "off"];

    public static JitterBounds BoundsOf(string name) => name switch
    {
        "off" => new(TimeSpan.Zero, TimeSpan.Zero),
        "small" => new(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(200)),
        "medium" => new(TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(360)),
        Usual => new(TimeSpan.FromMilliseconds(60), TimeSpan.FromMilliseconds(1000)),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such jitter buffer"),
    };
}
