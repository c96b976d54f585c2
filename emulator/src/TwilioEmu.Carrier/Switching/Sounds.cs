using TwilioEmu.Media.Prompts;
using TwilioEmu.Media.Score;
using TwilioEmu.Media.Tones;

namespace TwilioEmu.Carrier.Switching;

/// <summary>How journals and phones tell of a sound: its kind, its caption, how long it lasts.</summary>
public static class Sounds
{
    /// <summary>A text at the usual pace.</summary>
    public static Source.Words Speech(string text) => new(text, "", SpeechPace.DurationOf(text));

    /// <summary>A file whose samples are not at hand: it lasts and is silent.</summary>
    public static Source.Clip Unheard(string name, TimeSpan length) => new(new ClipId(""), name, length);

    /// <summary><c>speech</c>, <c>audio</c> or <c>tone</c>.</summary>
    public static string Kind(Source source) => source switch
    {
        Source.Words or Source.Live => "speech",
        Source.Tone or Source.Keys => "tone",
        _ => "audio",
    };

    /// <summary>The words, the keys, the file's or the tone's name.</summary>
    /// <param name="source">What sounds.</param>
    /// <param name="from">From where on it is heard: of words, those still to come.</param>
    public static string Caption(Source source, TimeSpan from = default) => source switch
    {
        Source.Words words when from <= TimeSpan.Zero => words.Text,
        Source.Words words => string.Join(' ', SpeechPace.Unfold(words.Text, words.Pace).Where(w => w.SpokenAt > from).Select(w => w.Word)),
        Source.Keys keys => keys.Digits,
        Source.Clip clip => clip.Name,
        Source.Tone tone => Word(tone.Name.Kind),
        _ => "",
    };

    /// <summary>How long it is heard; zero where nobody knows beforehand.</summary>
    public static TimeSpan Length(Source source, TimeSpan from = default) => source.Takes - from ?? TimeSpan.Zero;

    private static string Word(ToneKind kind) => kind switch
    {
        ToneKind.Dial => "dial tone",
        ToneKind.Ringback => "ringback",
        ToneKind.Busy => "busy tone",
        ToneKind.Congestion => "congestion",
        ToneKind.Information => "special information tone",
        ToneKind.Beep or ToneKind.MachineBeep => "beep",
        ToneKind.Entry => "entry beep",
        ToneKind.Exit => "exit beep",
        ToneKind.FaxCalling => "fax calling",
        ToneKind.FaxAnswering => "fax",
        ToneKind.HoldMusic => "hold music",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such tone"),
    };
}
