using System.Collections.Immutable;
using TwilioEmu.Twiml.Reading;
using TwilioEmu.Voice.Transcribing;
using TwilioEmu.Voice.Verbs.Recorded;

namespace TwilioEmu.Voice.Verbs.Starting;

/// <summary>What goes on beside a call: begun by Start, ended by Stop.</summary>
internal abstract record Aside
{
    /// <param name="Name">By which Stop finds it; null for none.</param>
    public sealed record Recording(string? Name, int Channels, string Track, RecordingAttributes Attributes) : Aside;

    /// <param name="Spec">Its callback as written.</param>
    /// <param name="UnknownConfig">Names of <c>&lt;Config&gt;</c>s that mean nothing (32652).</param>
    public sealed record Transcription(TranscribingSpec Spec, ImmutableArray<string> UnknownConfig) : Aside;

    /// <summary>Stream, Siprec: told aloud when reached.</summary>
    public sealed record NotEmulated(string Noun, int Line) : Aside;

    private Aside() { }

    /// <summary>The nouns of an element; 14300 for what may not stand there.</summary>
    public static ImmutableArray<Aside>? ReadAll(TwimlElement element, List<TwimlWarning> warnings)
    {
        var asides = ImmutableArray.CreateBuilder<Aside>();
        foreach (var child in element.Elements)
        {
            switch (child.Name)
            {
                case "Recording": asides.Add(ReadRecording(child, warnings)); break;
                case "Transcription": asides.Add(ReadTranscription(child, warnings)); break;
                case "Stream" or "Siprec": asides.Add(new NotEmulated(child.Name, child.Line)); break;
                default: return null;
            }
        }
        return asides.Count == 0 ? null : asides.ToImmutable();
    }

    private static Recording ReadRecording(TwimlElement element, List<TwimlWarning> warnings)
    {
        var a = new Attributes(element, warnings);
        var recording = new Recording(
            a.Text("name"),
            a.Word("channels") == "dual" ? 2 : 1,
            a.Word("track"),
            RecordingAttributes.Read(a));
        a.Done();
        VerbReader.NoElements(element, warnings);
        return recording;
    }

    /// <summary>
    /// twilio.com/docs/voice/twiml/transcription. A bad value keeps it from beginning (32650), but for those the schema judges (12200).
    /// </summary>
    private static Transcription ReadTranscription(TwimlElement element, List<TwimlWarning> warnings)
    {
        var a = new Attributes(element, warnings);
        var usual = new TranscribingSpec();
        var (engine, track) = (a.Text("transcriptionEngine") ?? usual.Engine, a.Text("track") ?? usual.Track);
        var spec = usual with
        {
            Name = a.Given("name"),
            Callback = a.Given("statusCallbackUrl"),
            CallbackMethod = a.Method("statusCallbackMethod"),
            Language = a.Given("languageCode") ?? usual.Language,
            Track = track,
            InboundLabel = a.Text("inboundTrackLabel"),
            OutboundLabel = a.Text("outboundTrackLabel"),
            Engine = engine.ToLowerInvariant(),
            SpeechModel = a.Given("speechModel") ?? usual.SpeechModel,
            FiltersProfanity = a.Bool("profanityFilter"),
            TellsPartials = a.Bool("partialResults"),
            Hints = a.Given("hints"),
            Punctuates = a.Bool("enableAutomaticPunctuation"),
            TellsProviderData = a.Bool("enableProviderData"),
            InVain = [.. a.Present("intelligenceService", "conversationConfiguration", "conversationId", "configurationId")],
            Fault = !TranscribingSpec.Engines.Contains(
                engine.ToLowerInvariant()) ? $"transcriptionEngine '{engine}' is none of {string.Join(", ", TranscribingSpec.Engines)}"
                : !TranscribingSpec.Tracks.Contains(track) ? $"track '{track}' is none of {string.Join(", ", TranscribingSpec.Tracks)}"
                : null,
        };
        a.Done();
        warnings.AddRange(
            element.Elements.Where(child => child.Name != "Config").Select(child => TwimlWarning.UnknownElement(child, element.Name)));
        // No engine's own settings mean anything here.
        return new Transcription(
            spec, [.. element.Elements.Where(child => child.Name == "Config").Select(child => ReadConfig(child, warnings))]);
    }

    /// <summary>The name of an engine's own setting.</summary>
    private static string ReadConfig(TwimlElement element, List<TwimlWarning> warnings)
    {
        var a = new Attributes(element, warnings);
        var name = a.Text("name") ?? "";
        a.Done();
        return name;
    }
}
