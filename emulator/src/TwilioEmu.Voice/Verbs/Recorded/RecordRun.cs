using TwilioEmu.Media.Listening;
using TwilioEmu.Media.Score;
using TwilioEmu.Media.Tones;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Recordings;
using TwilioEmu.Voice.Sound;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Verbs.Recorded;

/// <summary>Runs one Record: beep, then the caller is recorded until a key, a silence, the longest length, or a hang-up.</summary>
/// <remarks>
/// Loop-confined. The action is asked for with what came of it, on a hang-up too, whose answer is useless; nothing but silence goes on with
/// the next verb (inferred from the documents' own example, which has a Say after Record). A redirect ends the recording and asks for no
/// action (inferred).
/// </remarks>
internal sealed class RecordRun(Record record, VerbContext context)
{
    private static readonly Source Beep = new Source.Tone(new ToneName(ToneKind.Beep), TimeSpan.FromMilliseconds(400));

    private readonly HashSet<int> _sounding = [];
    private bool _hasSound;

    public async Task<Next> RunAsync(CancellationToken cancellation)
    {
        await context.AnswerAsync(cancellation);
        if (record.PlaysBeep) await context.Media.PlayAsync(Beep, cancellation);
        var recording = context.Record(record.Recording.Spec(context, RecordingSource.RecordVerb) with
        {
            // The caller alone.
            Track = "inbound",
            Transcribes = record.Transcribes,
            TranscribeCallback = record.Transcribes && record.TranscribeCallback is { } url ? context.Absolute(url, 13257) : null,
        });
        try
        {
            var digit = await ListenAsync(cancellation);
            recording.Stop(context.Cause);
            if (!_hasSound && digit is null) return Next.Continue;
            return context.Request(
                record.Action, record.Method, WebhookPurpose.Action, Parameters(recording.Record, digit?.ToString() ?? ""));
        }
        catch (OperationCanceledException) when (context.InterruptedBy == InterruptedBy.HangUp)
        {
            if (context.ActionUrl(record.Action) is { } action)
            {
                context.SendAside(action, record.Method, WebhookPurpose.Action, Parameters(recording.Record, "hangup"));
            }
            throw;
        }
        finally
        {
            recording.Stop(context.Cause);
        }
    }

    /// <summary>The key that ended it, or null when time did.</summary>
    private async Task<char?> ListenAsync(CancellationToken cancellation)
    {
        var until = context.Now + record.MaxLength;
        var silentSince = context.Now;
        using var inputs = context.Media.Listen();
        context.Media.ExpectInput(true);
        try
        {
            while (true)
            {
                // Whoever speaks is not silent, however long.
                var silence = _sounding.Count == 0 && record.Timeout is { } timeout ? silentSince + timeout : DateTimeOffset.MaxValue;
                var wait = (silence < until ? silence : until) - context.Now;
                if (wait <= TimeSpan.Zero) return null;
                var input = await inputs.NextAsync(wait, cancellation);
                if (input is null) continue;
                if (input.Key is { } key)
                {
                    if (record.FinishOnKey.Contains(key)) return key;
                    (_hasSound, silentSince) = (true, context.Now);
                    continue;
                }
                if (input is PartyInput.Perceived perceived && Follow(perceived.What)) silentSince = context.Now;
            }
        }
        finally
        {
            context.Media.ExpectInput(false);
        }
    }

    /// <summary>True when something begins or ends.</summary>
    private bool Follow(Perceived perceived)
    {
        switch (perceived)
        {
            case Perceived.Began began:
                _sounding.Add(began.Number);
                _hasSound = true;
                return true;
            case Perceived.Ended ended: return _sounding.Remove(ended.Number);
            default: return false;
        }
    }

    private List<KeyValuePair<string, string>> Parameters(Recording recorded, string digits) =>
        [.. context.ParametersOf(recorded), new("Digits", digits)];
}
