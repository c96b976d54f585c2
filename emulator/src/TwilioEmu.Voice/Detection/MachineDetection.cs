namespace TwilioEmu.Voice.Detection;

/// <summary>What an app asks of machine detection (twilio.com/docs/voice/answering-machine-detection).</summary>
internal sealed record MachineDetection
{
    public static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(30);

    /// <summary>
    /// True: <c>DetectMessageEnd</c>, a machine is told when its greeting is over; false: <c>Enable</c>, as soon as it is known.
    /// </summary>
    public bool WaitsForEnd { get; init; }

    /// <summary>From the answer; whatever is not decided by then is unknown.</summary>
    public TimeSpan Timeout { get; init; } = UsualTimeout;

    /// <summary>Words that last less are a person's, more a machine's.</summary>
    public TimeSpan SpeechThreshold { get; init; } = TimeSpan.FromMilliseconds(2400);

    /// <summary>Silence that ends words.</summary>
    public TimeSpan SpeechEndThreshold { get; init; } = TimeSpan.FromMilliseconds(1200);

    /// <summary>Silence from the beginning after which nothing is known.</summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromMilliseconds(5000);

    /// <summary>True: the document does not wait for the result.</summary>
    public bool IsAsync { get; init; }

    /// <summary>Told the result of an asynchronous detection; null for nobody.</summary>
    public string? Callback { get; init; }

    public string CallbackMethod { get; init; } = "POST";
}
