namespace TwilioEmu.Voice.Transcribing;

/// <summary>How a call's words are to be told while they are spoken.</summary>
/// <remarks>Names and defaults: twilio.com/docs/voice/twiml/transcription; REST has the same in other letters.</remarks>
internal sealed record TranscribingSpec
{
    public const string BothTracks = "both_tracks";

    public string? Name { get; init; }

    /// <summary>Absolute; null tells nobody.</summary>
    public string? Callback { get; init; }

    public string CallbackMethod { get; init; } = "POST";

    public string Language { get; init; } = "en-US";

    /// <summary><c>inbound_track</c>: what the party says; <c>outbound_track</c>: what it hears; <c>both_tracks</c>.</summary>
    public string Track { get; init; } = BothTracks;

    public string? InboundLabel { get; init; }

    public string? OutboundLabel { get; init; }

    /// <summary><c>google</c> or <c>deepgram</c>.</summary>
    public string Engine { get; init; } = "google";

    public string SpeechModel { get; init; } = "telephony";

    public bool FiltersProfanity { get; init; } = true;

    /// <summary>Guesses are told before a sentence is through.</summary>
    public bool TellsPartials { get; init; }

    public string? Hints { get; init; }

    public bool Punctuates { get; init; } = true;

    /// <summary>What the engine said goes along as it was.</summary>
    public bool TellsProviderData { get; init; }

    /// <summary>Of what was asked, what is not done; told aloud when it begins.</summary>
    public IReadOnlyList<string> InVain { get; init; } = [];

    /// <summary>Why it cannot begin (32650); null for nothing.</summary>
    public string? Fault { get; init; }

    /// <summary>The engines there are, as the documents spell them.</summary>
    public static readonly string[] Engines = ["google", "deepgram"];

    public static readonly string[] Tracks = ["inbound_track", "outbound_track", BothTracks];
}
