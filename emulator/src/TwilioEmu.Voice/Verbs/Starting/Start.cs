using System.Collections.Immutable;
using TwilioEmu.Twiml.Reading;
using TwilioEmu.Voice.Recordings;
using TwilioEmu.Voice.Transcribing;

namespace TwilioEmu.Voice.Verbs.Starting;

/// <summary>Begins something beside the call, which goes on at once (twilio.com/docs/voice/twiml/recording).</summary>
internal sealed record Start(ImmutableArray<Aside> Asides) : Verb
{
    public static Verb Read(TwimlElement element, List<TwimlWarning> warnings)
    {
        var a = new Attributes(element, warnings);
        a.Done();
        return Aside.ReadAll(element, warnings) is { } asides
            ? new Start(asides)
            : new BrokenVerb(14300, "<Start> holds Stream, Siprec, Transcription or Recording");
    }

    public override async Task<Next> RunAsync(VerbContext context, CancellationToken cancellation)
    {
        await context.AnswerAsync(cancellation);
        foreach (var aside in Asides)
        {
            switch (aside)
            {
                case Aside.NotEmulated other: context.NotEmulated($"<Start><{other.Noun}>", other.Line, isBlocking: false); break;
                case Aside.Recording recording: Record(context, recording); break;
                case Aside.Transcription transcription: Transcribe(context, transcription); break;
            }
        }
        return Next.Continue;
    }

    private static void Record(VerbContext context, Aside.Recording recording)
    {
        var attributes = recording.Attributes with
        {
            Callback = Absolute(context, recording.Attributes.Callback, "recordingStatusCallback"),
        };
        context.Record(attributes.Spec(context, RecordingSource.StartCallRecordingTwiml) with
        {
            Name = recording.Name,
            Channels = recording.Channels,
            Track = recording.Track,
        });
    }

    private static void Transcribe(VerbContext context, Aside.Transcription transcription)
    {
        foreach (var name in transcription.UnknownConfig)
        {
            context.Warn(32652, $"<Transcription><Config name='{name}'> is not supported; it is passed over");
        }
        var spec = transcription.Spec with { Callback = Absolute(context, transcription.Spec.Callback, "statusCallbackUrl") };
        // A name is one transcription's (inferred, as with streams).
        var isTaken = spec.Name is not null && context.Live.Transcriptions.Any(t => !t.IsOver && t.Spec.Name == spec.Name);
        if (isTaken) spec = spec with { Fault = $"a transcription named {spec.Name} goes on in the call already" };
        if (spec.Fault is { } why) LiveTranscription.Fail(context.Services, context.Live, spec, 32650, why);
        else context.Live.Transcribe(spec, context.Cause);
    }

    /// <summary>A callback's URL must be absolute here (measured: 11200, and nobody is told).</summary>
    private static string? Absolute(VerbContext context, string? url, string attribute)
    {
        if (url is null || (Uri.TryCreate(url, UriKind.Absolute, out var at) && at.Scheme is "http" or "https")) return url;
        context.Warn(11200, $"{attribute} '{url}' of <Start> is no absolute URL; nobody is told");
        return null;
    }
}

/// <summary>Ends something that Start began, by its name; without one, the newest.</summary>
internal sealed record Stop(ImmutableArray<Aside> Asides) : Verb
{
    public static Verb Read(TwimlElement element, List<TwimlWarning> warnings)
    {
        new Attributes(element, warnings).Done();
        return Aside.ReadAll(element, warnings) is { } asides
            ? new Stop(asides)
            : new BrokenVerb(14300, "<Stop> holds Stream, Siprec, Transcription or Recording");
    }

    public override async Task<Next> RunAsync(VerbContext context, CancellationToken cancellation)
    {
        await context.AnswerAsync(cancellation);
        foreach (var aside in Asides)
        {
            switch (aside)
            {
                case Aside.NotEmulated other: context.NotEmulated($"<Stop><{other.Noun}>", other.Line, isBlocking: false); break;
                case Aside.Recording recording:
                    context.Recordings
                        .LastOrDefault(r =>
                            !r.IsOver && r.Spec.Source == RecordingSource.StartCallRecordingTwiml
                                && (recording.Name is null || r.Spec.Name == recording.Name))
                        ?.Stop(context.Cause);
                    break;
                case Aside.Transcription transcription:
                    context.Live.Transcriptions.LastOrDefault(t =>
                        !t.IsOver && (transcription.Spec.Name is null || t.Spec.Name == transcription.Spec.Name))?.Stop(context.Cause);
                    break;
            }
        }
        return Next.Continue;
    }
}
