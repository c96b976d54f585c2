using System.Collections.Immutable;
using TwilioEmu.Twiml.Reading;
using TwilioEmu.Voice.Recordings;
using TwilioEmu.Voice.Verbs.Recorded;

namespace TwilioEmu.Voice.Verbs.Starting;

/// <summary>What goes on beside a call: begun by Start, ended by Stop.</summary>
internal abstract record Aside
{
    /// <param name="Name">By which Stop finds it; null for none.</param>
    public sealed record Recording(string? Name, int Channels, string Track, RecordingAttributes Attributes) : Aside;

    /// <summary>Stream, Siprec, Transcription: told aloud when reached.</summary>
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
                case "Stream" or "Siprec" or "Transcription": asides.Add(new NotEmulated(child.Name, child.Line)); break;
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
            a.Word("channels", "dual", 12200, "mono", "dual") == "dual" ? 2 : 1,
            a.Word("track", "both", 13622, "inbound", "outbound", "both"),
            RecordingAttributes.Read(a, trims: true, 13699));
        a.Done();
        VerbReader.NoElements(element, warnings);
        return recording;
    }
}

/// <summary>Begins something beside the call, which goes on at once (twilio.com/docs/voice/twiml/recording).</summary>
internal sealed record Start(ImmutableArray<Aside> Asides) : Verb
{
    public static Verb Read(TwimlElement element, List<TwimlWarning> warnings)
    {
        var a = new Attributes(element, warnings);
        // Known to the SDKs, without a documented use.
        a.Ignore("action", "method");
        a.Done();
        return Aside.ReadAll(element, warnings) is { } asides ? new Start(asides) : new BrokenVerb(14300, "<Start> holds Stream, Siprec, Transcription or Recording");
    }

    public override async Task<Next> RunAsync(VerbContext context, CancellationToken cancellation)
    {
        await context.AnswerAsync(cancellation);
        foreach (var aside in Asides)
        {
            if (aside is Aside.NotEmulated other) context.NotEmulated($"<Start><{other.Noun}>", other.Line, isBlocking: false);
            if (aside is not Aside.Recording recording) continue;
            // A callback's URL must be absolute here (measured: 11200, and nobody is told).
            var attributes = recording.Attributes;
            if (attributes.Callback is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var at) && at.Scheme is "http" or "https"))
            {
                context.Warn(11200, $"recordingStatusCallback '{url}' of <Start><Recording> is no absolute URL; nobody is told");
                attributes = attributes with { Callback = null };
            }
            context.Record(attributes.Spec(context, RecordingSource.StartCallRecordingTwiml) with
            {
                Name = recording.Name,
                Channels = recording.Channels,
                Track = recording.Track,
            });
        }
        return Next.Continue;
    }
}

/// <summary>Ends something that Start began, by its name; without one, the newest.</summary>
internal sealed record Stop(ImmutableArray<Aside> Asides) : Verb
{
    public static Verb Read(TwimlElement element, List<TwimlWarning> warnings)
    {
        new Attributes(element, warnings).Done();
        return Aside.ReadAll(element, warnings) is { } asides ? new Stop(asides) : new BrokenVerb(14300, "<Stop> holds Stream, Siprec, Transcription or Recording");
    }

    public override async Task<Next> RunAsync(VerbContext context, CancellationToken cancellation)
    {
        await context.AnswerAsync(cancellation);
        foreach (var aside in Asides)
        {
            if (aside is Aside.NotEmulated other) context.NotEmulated($"<Stop><{other.Noun}>", other.Line, isBlocking: false);
            if (aside is not Aside.Recording recording) continue;
            context.Recordings
                .LastOrDefault(r => !r.IsOver && r.Spec.Source == RecordingSource.StartCallRecordingTwiml && (recording.Name is null || r.Spec.Name == recording.Name))
                ?.Stop(context.Cause);
        }
        return Next.Continue;
    }
}
