using System.Globalization;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Paying;
using TwilioEmu.Voice.Sound;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Verbs.Paying;

/// <summary>Runs one Pay.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/voice/twiml/pay. 1. What was asked is judged; 2. piece by piece is asked for until each is right or the
/// attempts are used up; 3. the processor has its say; 4. the action is told. <c>*</c> and a hang-up end it at any time, and the action is
/// told of both. The status callback has one request after each attempt (measured), and one when the payment is handed on (inferred).
/// </remarks>
internal sealed class PayRun(Pay pay, VerbContext context)
{
    private const string Failed = "too-many-failed-attempts";
    private const string Star = "caller-interrupted-with-star";

    private readonly PayDetails _details = new(pay.Spec);
    private bool _wasFull;

    public async Task<Next> RunAsync(CancellationToken cancellation)
    {
        if (context.Document.Base is null)
        {
            // Measured: in the Twiml of a REST request it silently does nothing. Here the journal says so.
            context.Services.World.Journal.Warn(
                context.Call.Account, context.Call.Sid, context.Cause,
                "<Pay> in TwiML given in the request does nothing, as on the live service: host the document at a URL");
            return Next.Continue;
        }
        await context.AnswerAsync(cancellation);
        // 1. Judge.
        if (pay.Spec.FaultCode != 0) return Refuse();
        WarnOfAction();
        if (!pay.Language.StartsWith("en-", StringComparison.Ordinal))
        {
            context.Services.World.Journal.Warn(
                context.Call.Account, context.Call.Sid, context.Cause,
                $"the prompts of <Pay> are spoken in English here, whatever its language ({pay.Language}): give <Prompt>s to have others");
        }
        var spec = pay.Spec;
        context.Note(
            PayEntries.Started, ("call_sid", context.Call.Sid), ("method", spec.MethodWord),
            ("charge", spec.Charge?.ToString(CultureInfo.InvariantCulture)), ("currency", spec.Currency),
            ("connector", spec.Connector));
        try
        {
            // 2. Ask.
            foreach (var piece in spec.Pieces)
            {
                if (await CollectAsync(piece, cancellation) is { } end) return Conclude(end, null);
            }
            // 3. Process.
            return await ProcessAsync(cancellation);
        }
        catch (OperationCanceledException) when (context.InterruptedBy == InterruptedBy.HangUp)
        {
            Note("caller-hung-up", null);
            if (context.ActionUrl(pay.Action) is { } url)
            {
                context.SendAside(url, "POST", WebhookPurpose.Action, Result("caller-hung-up", null));
            }
            throw;
        }
    }

    private Next Refuse()
    {
        var outcome = new PaymentOutcome(pay.Spec.FaultCode, pay.Spec.Fault);
        context.Warn(outcome.Code, $"Pay: {outcome.Error}");
        return Conclude("validation-error", outcome);
    }

    /// <summary>The live service takes no other (64016); here an app may be at hand without TLS.</summary>
    private void WarnOfAction()
    {
        if (context.ActionUrl(pay.Action) is not { } url || !context.Document.TryResolve(url, out var absolute)
            || absolute.StartsWith("https:", StringComparison.Ordinal))
        {
            return;
        }
        context.Services.World.Journal.Warn(
            context.Call.Account, context.Call.Sid, context.Cause,
            $"the action of <Pay> is {absolute}; the live service takes https alone (64016)");
    }

    /// <summary>How the payment ends because of this piece; null where it was keyed in.</summary>
    private async Task<string?> CollectAsync(PayPiece piece, CancellationToken cancellation)
    {
        string? error = null;
        for (var attempt = 1; attempt <= pay.MaxAttempts; attempt++)
        {
            var (digits, isGivenUp, wantsMatch) = await AskAsync(piece, attempt, error, cancellation);
            if (isGivenUp) return Star;
            error = _details.Judge(piece, digits, context.Now);
            if (error is null && wantsMatch)
            {
                var (again, gaveUp, _) = await AskAsync(piece, attempt, error, cancellation);
                if (gaveUp) return Star;
                if (again != digits) error = "input-matching-failed";
            }
            if (error is null) _details.Put(piece, digits);
            context.Note(
                PayEntries.Captured, ("call_sid", context.Call.Sid), ("piece", PieceWords.Of(piece).Word), ("attempt", attempt),
                ("error", error));
            Tell(PieceWords.Of(piece).Word, attempt, error);
            if (error is null) return null;
        }
        return Failed;
    }

    private async Task<(string Digits, bool IsGivenUp, bool WantsMatch)> AskAsync(
        PayPiece piece, int attempt, string? error, CancellationToken cancellation)
    {
        var words = PieceWords.Of(piece);
        var prompt = PromptFor(words.Word, attempt, error);
        using var inputs = context.Media.Listen();
        using var prompting = new Interruption(cancellation);
        var playing = PlayAsync(prompt, words.Prompt, error, inputs, prompting.Token);
        var keyed = new KeyedPiece(_details, piece, pay.Spec, context.Clock, _wasFull);
        try
        {
            await keyed.ReadAsync(inputs, isPrompting: true, static () => { }, () =>
            {
                prompting.Interrupt(InterruptedBy.BargeIn);
                context.Media.ExpectInput(true);
            }, cancellation);
        }
        finally
        {
            context.Media.ExpectInput(false);
            prompting.Interrupt(InterruptedBy.BargeIn);
            await playing;
        }
        _wasFull = keyed.IsFull;
        return (keyed.Digits, keyed.IsGivenUp, pay.Spec.IsBank && prompt?.WantsMatch == true);
    }

    /// <summary>The most exact of those that fit; of equals the first.</summary>
    private PayPrompt? PromptFor(string step, int attempt, string? error) => pay.Prompts
        .Select(p => (Prompt: p, Fit: p.Fit(step, attempt, _details.Card?.Name, error)))
            .Where(p => p.Fit is not null)
            .OrderByDescending(p => p.Fit)
            .FirstOrDefault().Prompt;

    private async Task PlayAsync(PayPrompt? prompt, string usual, string? error, PartyInputs? inputs, CancellationToken cancellation)
    {
        try
        {
            if (prompt is not null)
            {
                foreach (var verb in prompt.Verbs) await verb.RunThroughAsync(context, cancellation);
            }
            else
            {
                var excuse = error switch
                {
                    null => "",
                    "input-timeout" => "Nothing was entered. ",
                    "input-matching-failed" => "The numbers do not match. ",
                    _ => "That is not valid. ",
                };
                await context.Media.PlayAsync(Sounds.Speech(excuse + usual), cancellation);
            }
            inputs?.Put(new PartyInput.PromptEnded());
        }
        catch (OperationCanceledException)
        {
            // A key was pressed, or the call has ended.
        }
    }

    private async Task<Next> ProcessAsync(CancellationToken cancellation)
    {
        Tell(PieceWords.Processing, 1, null);
        await PlayAsync(PromptFor(PieceWords.Processing, 1, null), "Thank you. Your payment is being processed.", null, null, cancellation);
        await Task.Delay(PaymentProcessor.Delay, context.Clock, cancellation);
        var outcome = PaymentProcessor.Process(context.Services.World, pay.Spec, _details);
        if (outcome.IsDone) return Conclude("success", outcome);
        context.Warn(outcome.Code, $"Pay: {outcome.Error}");
        return Conclude("payment-connector-error", outcome);
    }

    private Next Conclude(string result, PaymentOutcome? outcome)
    {
        Note(result, outcome);
        return context.Request(pay.Action, "POST", WebhookPurpose.Action, Result(result, outcome));
    }

    private void Note(string result, PaymentOutcome? outcome) => context.Note(
        PayEntries.Ended, ("call_sid", context.Call.Sid), ("result", result),
        ("error", outcome?.Error is { Length: > 0 } error ? error : null),
        ("error_code", outcome is { Code: not 0 } ? outcome.Code : null));

    private List<KeyValuePair<string, string>> Result(string result, PaymentOutcome? outcome) =>
    [
        new("Result", result), new("PaymentMethod", pay.Spec.MethodWord), .. _details.Parameters(isGrouped: true),
        .. outcome?.Parameters() ?? [],
    ];

    /// <summary>The status callback, with a list of its own.</summary>
    private void Tell(string step, int attempt, string? error)
    {
        if (pay.StatusCallback is not { } callback) return;
        if (context.Absolute(callback, 11100) is not { } url) return;
        List<KeyValuePair<string, string>> parameters =
        [
            new("AccountSid", context.Call.Account.Value), new("CallSid", context.Call.Sid), new("For", step),
        ];
        if (error is not null) parameters.Add(new("ErrorType", error));
        parameters.Add(new("Attempt", attempt.ToString(CultureInfo.InvariantCulture)));
        parameters.AddRange(_details.Parameters(isGrouped: false));
        context.Services.Lanes.Enqueue(
            $"{context.Call.Sid} pay",
            context.Services.Aside(
                context.Call, url, pay.StatusCallbackMethod, WebhookPurpose.PayStatusCallback, context.Cause, parameters));
    }
}
