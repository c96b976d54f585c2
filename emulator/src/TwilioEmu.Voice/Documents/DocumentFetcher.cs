using TwilioEmu.Media.Audio;
using TwilioEmu.Twiml.Reading;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Verbs;
using TwilioEmu.Webhooks.Delivery;
using TwilioEmu.Webhooks.Documents;

namespace TwilioEmu.Voice.Documents;

/// <summary>Gets a document and reads it; what cannot be used comes back as the error Twilio raises.</summary>
/// <remarks>Loop-confined. Rules of content types and codes: twilio.com/docs/voice/twiml.</remarks>
/// <param name="services">Of the world.</param>
/// <param name="isBeside">True for what a party hears beside its call's own document:
/// music that cannot be read is silence there, and never the end of a call.</param>
internal sealed class DocumentFetcher(CallServices services, bool isBeside = false)
{
    private readonly MediaFetcher _media = new(services);

    /// <summary>The chain of documents it asks for.</summary>
    public DocumentExchange Chain { get; } = new(services.World, services.Letterbox, CallDocuments.Rules);

    /// <summary>Exactly one of the two is not null.</summary>
    public async Task<(VoiceDocument? Document, Next.Failed? Fault)> FetchAsync(
        LiveCall call, DocumentRequest request, CancellationToken cancellation)
    {
        switch (request)
        {
            case DocumentRequest.Ready ready:
                return (ready.Document with { Verbs = ready.Document.Verbs.RemoveRange(0, ready.From) }, null);
            case DocumentRequest.Inline inline:
                var given = TwimlReader.ReadText(inline.Twiml);
                return Chain.FaultOf(given) is { } wrong
                    ? (null, new Next.Failed(wrong.Code, wrong.Message, "", IsAlerted: false))
                    : Judge(call, request, given, null, "");
            case DocumentRequest.Fetch fetch:
                var letter = services.RequestFor(call.Record, fetch.Url, fetch.Method, fetch.Purpose, fetch.Extra, call.Cause);
                var asked = await Chain.AskAsync(letter, cancellation);
                var answer = asked.Answer;
                call.Cause = answer.Entry;
                if (asked.Fault is { } fault)
                {
                    return (
                        null,
                        new Next.Failed(
                            fault.Code, fault.Message, fetch.Url, fault.IsAlerted,
                            MediaFetcher.IsOutOfReach(answer) && MediaFetcher.IsSound(fetch.Url)));
                }
                return asked.Reading is TwimlReading.Audio audio
                    ? await PlayedAnswerAsync(call, request, audio, answer, fetch.Url, cancellation)
                    : Judge(call, request, asked.Reading!, answer.Url, fetch.Url);
            default:
                throw new InvalidOperationException($"no such request: {request.GetType().Name}");
        }
    }

    /// <summary>A reading without fault as a document to run.</summary>
    private (VoiceDocument?, Next.Failed?) Judge(LiveCall call, DocumentRequest request, TwimlReading reading, Uri? at, string url)
    {
        switch (reading)
        {
            case TwimlReading.Document document:
                var (verbs, warnings) = VerbReader.Read(document.Root);
                foreach (var warning in TwimlWarning.ToTell(warnings))
                {
                    services.Raise(call.Record, warning.Code, warning.Told, url, call.Cause);
                }
                return (new VoiceDocument(request, at, verbs, call.Cause), null);
            case TwimlReading.PlainText plain:
                return (new VoiceDocument(request, at, plain.Text.Trim().Length == 0 ? [] : [Say.Plain(plain.Text)], call.Cause), null);
            case TwimlReading.Empty:
                // As an empty <Response/>: apps answer 204 to say that they have nothing more to say (inferred).
                return (new VoiceDocument(request, at, [], call.Cause), null);
            default:
                throw new InvalidOperationException($"no such reading: {reading.GetType().Name}");
        }
    }

    /// <summary>A sound file as an answer is played, then the call ends.</summary>
    private async Task<(VoiceDocument?, Next.Failed?)> PlayedAnswerAsync(
        LiveCall call, DocumentRequest request, TwimlReading.Audio audio, WebhookAnswer answer, string url, CancellationToken cancellation)
    {
        if (!SoundFile.IsPlayable(audio.MediaType))
        {
            return (null, new Next.Failed(12300, $"Content-Type {audio.MediaType} cannot be played", url, IsAlerted: false));
        }
        if (!isBeside && !await _media.CanReadAsync(call, audio.MediaType, answer, cancellation))
        {
            return (null, new Next.Failed(
                12300, $"Content-Type {audio.MediaType} cannot be played: the body is none", url, IsAlerted: false));
        }
        var sound = await _media.ReadAsync(call, MediaFetcher.NameOf(answer.Url), audio.MediaType, answer, cancellation);
        return (new VoiceDocument(request, answer.Url, [new PlaySound(sound)], call.Cause), null);
    }
}
