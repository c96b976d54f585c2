using TwilioEmu.Media.Audio;
using TwilioEmu.Twiml.Reading;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Verbs;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Documents;

/// <summary>Gets a document and reads it; what cannot be used comes back as the error Twilio raises.</summary>
/// <remarks>Loop-confined. Rules of content types and codes: twilio.com/docs/voice/twiml.</remarks>
/// <param name="services">Of the world.</param>
/// <param name="isBeside">True for what a party hears beside its call's own document: music that cannot be read is silence there, and never the end of a call.</param>
internal sealed class DocumentFetcher(CallServices services, bool isBeside = false)
{
    private readonly MediaFetcher _media = new(services);

    /// <summary>Exactly one of the two is not null.</summary>
    public async Task<(VoiceDocument? Document, Next.Failed? Fault)> FetchAsync(LiveCall call, DocumentRequest request, CancellationToken cancellation)
    {
        switch (request)
        {
            case DocumentRequest.Ready ready:
                return (ready.Document with { Verbs = ready.Document.Verbs.RemoveRange(0, ready.From) }, null);
            case DocumentRequest.Inline inline:
                return Judge(call, request, TwimlReader.ReadText(inline.Twiml), null, "");
            case DocumentRequest.Fetch fetch:
                var letter = services.RequestFor(call.Record, fetch.Url, fetch.Method, fetch.Purpose, fetch.Extra, call.Cause);
                // The app's work is not torn down because the caller hung up: its answer comes and is not used.
                var answer = await services.Letterbox.SendAsync(letter, services.World.Ending).WaitAsync(cancellation);
                call.Cause = answer.Entry;
                if (!answer.IsUsable) return (null, new Next.Failed(answer.ErrorCode, answer.ErrorMessage ?? "", fetch.Url, IsAlerted: true, MediaFetcher.IsOutOfReach(answer) && MediaFetcher.IsSound(fetch.Url)));
                var reading = TwimlReader.Read(answer.ContentType, answer.Body.Span);
                return reading switch
                {
                    TwimlReading.Audio audio => await PlayedAnswerAsync(call, request, audio, answer, fetch.Url, cancellation),
                    // Text that is TwiML is run, other text is spoken.
                    TwimlReading.PlainText plain when TwimlReader.ReadText(plain.Text) is TwimlReading.Document document =>
                        Judge(call, request, document, answer.Url, fetch.Url),
                    _ => Judge(call, request, reading, answer.Url, fetch.Url),
                };
            default:
                throw new InvalidOperationException($"no such request: {request.GetType().Name}");
        }
    }

    private (VoiceDocument?, Next.Failed?) Judge(LiveCall call, DocumentRequest request, TwimlReading reading, Uri? at, string url)
    {
        switch (reading)
        {
            case TwimlReading.Document document:
                var (verbs, warnings) = VerbReader.Read(document.Root);
                foreach (var warning in warnings)
                {
                    services.Raise(call.Record, warning.Code, $"{warning.Message} (line {warning.Line}, column {warning.Column})", url, call.Cause);
                }
                return (new VoiceDocument(request, at, verbs, call.Cause), null);
            case TwimlReading.PlainText plain:
                return (new VoiceDocument(request, at, plain.Text.Trim().Length == 0 ? [] : [Say.Plain(plain.Text)], call.Cause), null);
            case TwimlReading.Empty:
                // As an empty <Response/>: apps answer 204 to say that they have nothing more to say (inferred).
                return (new VoiceDocument(request, at, [], call.Cause), null);
            case TwimlReading.Faulty fault:
                var place = fault.Line > 0 ? $" (line {fault.Line}, column {fault.Column})" : "";
                return (null, new Next.Failed(fault.Code, fault.Message + place, url, IsAlerted: false));
            default:
                throw new InvalidOperationException($"no such reading: {reading.GetType().Name}");
        }
    }

    /// <summary>A sound file as an answer is played, then the call ends.</summary>
    private async Task<(VoiceDocument?, Next.Failed?)> PlayedAnswerAsync(
        LiveCall call, DocumentRequest request, TwimlReading.Audio audio, WebhookAnswer answer, string url, CancellationToken cancellation)
    {
        if (!SoundFile.IsPlayable(audio.MediaType)) return (null, new Next.Failed(12300, $"Content-Type {audio.MediaType} cannot be played", url, IsAlerted: false));
        if (!isBeside && !await _media.CanReadAsync(call, audio.MediaType, answer, cancellation))
        {
            return (null, new Next.Failed(12300, $"Content-Type {audio.MediaType} cannot be played: the body is none", url, IsAlerted: false));
        }
        var sound = await _media.ReadAsync(call, MediaFetcher.NameOf(answer.Url), audio.MediaType, answer, cancellation);
        return (new VoiceDocument(request, answer.Url, [new PlaySound(sound)], call.Cause), null);
    }
}
