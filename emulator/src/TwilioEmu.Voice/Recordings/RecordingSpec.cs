namespace TwilioEmu.Voice.Recordings;

/// <summary>How something is to be recorded, and who is told.</summary>
internal sealed record RecordingSpec(RecordingSource Source)
{
    /// <summary>One, or two: the call's own party in the first, what it hears in the second.</summary>
    public int Channels { get; init; } = 1;

    /// <summary><c>inbound</c>: what the party says; <c>outbound</c>: what it hears; <c>both</c>.</summary>
    public string Track { get; init; } = "both";

    /// <summary>Silence at beginning and end is left out.</summary>
    public bool Trims { get; init; }

    /// <summary>Absolute; null for none.</summary>
    public string? Callback { get; init; }

    public string CallbackMethod { get; init; } = "POST";

    public RecordingEvent CallbackEvents { get; init; } = RecordingEvent.Completed;

    /// <summary>
    /// Where the end of a conference's recording is told of in the old way (<c>eventCallbackUrl</c>); absolute, null for nowhere.
    /// </summary>
    public string? EventCallback { get; init; }

    /// <summary>By which <c>&lt;Stop&gt;</c> finds it; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>True has the words written down when it is ready.</summary>
    public bool Transcribes { get; init; }

    /// <summary>Absolute; null for none.</summary>
    public string? TranscribeCallback { get; init; }
}
