using System.Globalization;
using TwilioEmu.Media.Listening;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Sound;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Verbs.Gathering;

/// <summary>Runs one Gather: plays its prompt, feeds what the party does to the <see cref="Collector"/>, asks for the action.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class GatherRun(Gather gather, VerbContext context)
{
    /// <summary>How often partial results are sent while words go on (inferred).</summary>
    private static readonly TimeSpan PartialEvery = TimeSpan.FromMilliseconds(500);

    // A recogniser that reads captions is always right; live ones say 0.8 to 0.97.
    private const double Certainty = 0.95;

    private readonly Collector _collector = new(gather);
    private int _partialCount;
    private DateTimeOffset _partialDue;
    private string _partialWords = "";

    public async Task<Next> RunAsync(CancellationToken cancellation)
    {
        await context.AnswerAsync(cancellation);
        // 1. All files of the prompt are fetched before the first is heard (twilio.com/docs/voice/twiml/gather).
        var (prompt, fault) = await PrepareAsync(cancellation);
        if (fault is not null) return fault;

        // 2. Prompt and party go on side by side; their events come in one line.
        using var inputs = context.Media.Listen();
        using var prompting = new Interruption(cancellation);
        var playing = PlayAsync(prompt, inputs, prompting.Token);
        try
        {
            while (_collector.Result is null) await StepAsync(inputs, prompting, cancellation);
        }
        finally
        {
            context.Media.ExpectInput(false);
            prompting.Interrupt(InterruptedBy.BargeIn);
            await playing;
        }

        // 3. The result goes to the action, or the document goes on.
        return Conclude(_collector.Result);
    }

    private async Task<(List<Verb> Prompt, Next.Failed? Fault)> PrepareAsync(CancellationToken cancellation)
    {
        var prompt = new List<Verb>();
        foreach (var verb in gather.Prompt)
        {
            if (verb is not Play play)
            {
                prompt.Add(verb);
                continue;
            }
            var (sound, fault) = await context.FetchSoundAsync(play.Url, 13325, cancellation);
            if (fault is not null) return ([], fault);
            prompt.Add(new PlaySound(sound!, play.Loop));
        }
        return (prompt, null);
    }

    private async Task PlayAsync(List<Verb> prompt, PartyInputs inputs, CancellationToken cancellation)
    {
        try
        {
            foreach (var verb in prompt) await verb.RunThroughAsync(context, cancellation);
            inputs.Put(new PartyInput.PromptEnded());
        }
        catch (OperationCanceledException)
        {
            // Barge-in, or the call has ended.
        }
    }

    private async Task StepAsync(PartyInputs inputs, Interruption prompting, CancellationToken cancellation)
    {
        var input = await inputs.NextAsync(UntilNextInstant(), cancellation);
        var now = context.Now;
        switch (input)
        {
            case PartyInput.Perceived perceived: _collector.Take(perceived.What); break;
            case PartyInput.PromptEnded:
                _collector.PromptEnded(now);
                context.Media.ExpectInput(true);
                break;
            case null: _collector.TimeUp(now); break;
            default: throw new InvalidOperationException($"no such input: {input.GetType().Name}");
        }
        if (!_collector.IsPrompting) prompting.Interrupt(InterruptedBy.BargeIn);
        // Words come one by one; partial results go out now and then, and at the end of a speech.
        if (input is PartyInput.Perceived { What: Perceived.Caption } && now < _partialDue) return;
        _partialDue = now + PartialEvery;
        if (_collector.HearsSpeech && gather.PartialResultCallback is { Length: > 0 } url) SendPartial(url);
    }

    private TimeSpan UntilNextInstant()
    {
        var until = _collector.Deadline is { } deadline ? deadline - context.Now : Timeout.InfiniteTimeSpan;
        if (_collector.Deadline is not null && until < TimeSpan.Zero) until = TimeSpan.Zero;
        var sendsPartials = _collector.HearsSpeech && gather.PartialResultCallback is { Length: > 0 };
        var partial = _partialDue - context.Now;
        if (!sendsPartials || (until != Timeout.InfiniteTimeSpan && until <= partial)) return until;
        return partial > TimeSpan.Zero ? partial : TimeSpan.Zero;
    }

    /// <summary>
    /// Words so far, sent aside; only <c>UnstableSpeechResult</c> is documented, the rest seen on live traffic (inferred).
    /// </summary>
    private void SendPartial(string url)
    {
        var words = _collector.WordsSoFar;
        if (words.Length == 0 || words == _partialWords) return;
        context.SendAside(url, gather.PartialResultCallbackMethod, WebhookPurpose.PartialResultCallback,
        [
            new("SequenceNumber", _partialCount.ToString(CultureInfo.InvariantCulture)),
            new("StableSpeechResult", _partialWords),
            new("UnstableSpeechResult", words),
            new("Stability", Gather.Confidence(0.9)),
            new("Confidence", Gather.Confidence(Certainty)),
            new("Language", gather.Language),
        ]);
        _partialWords = words;
        _partialCount++;
    }

    private void WarnOfUnrecognised()
    {
        var why = context.Services.Exchange.Studio.Recogniser is null
            ? "nobody understands live speech here: name a recogniser, --speech-recognizer URL"
            : "the recogniser understood none";
        context.Services.World.Journal.Warn(
            context.Call.Account, context.Call.Sid, context.Cause,
            $"<Gather> heard speech without words, and goes on as if nothing had been said; {why}");
    }

    private Next Conclude(Gathered result)
    {
        context.Note(TranscriptEntries.Gathered, ("digits", result.Digits), ("speech", result.Speech), ("ended_by", result.EndedBy));
        if (result is { Speech: "" }) WarnOfUnrecognised();
        if (result.IsEmpty && !gather.ActionOnEmptyResult) return Next.Continue;
        // "msg" and "FinishedOnKey" are seen on live traffic (inferred).
        List<KeyValuePair<string, string>> extra = [new("msg", "Gather End")];
        if (result.Speech is { } speech)
        {
            extra.Add(new("SpeechResult", speech));
            extra.Add(new("Confidence", Gather.Confidence(result.Confidence ?? Certainty)));
            extra.Add(new("Language", gather.Language));
        }
        else if (gather.TakesKeys)
        {
            extra.Add(new("Digits", result.Digits ?? ""));
            extra.Add(new("FinishedOnKey", result.FinishedOnKey));
        }
        return context.Request(gather.Action, gather.Method, WebhookPurpose.Action, extra);
    }
}
