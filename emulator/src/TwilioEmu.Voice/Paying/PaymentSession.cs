using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Media.Score;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Sound;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Paying;

/// <summary>A payment that an agent leads by REST while the payer presses keys.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/voice/api/payment-resource. The payer is the party of the call the session was made for. Callbacks: at
/// its start, at each order, at each key (measured), when a piece is whole, and at its end.
/// <code>
/// open      x capture  -> capturing;  x complete, nothing missing -> processing;  x cancel, *, end of the call -> over
/// capturing x whole    -> open;       x another capture -> capturing that
/// processing           -> over
/// </code>
/// </remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "Who captures a piece disposes its interruption.")]
internal sealed class PaymentSession
{
    /// <summary>What the resource calls the second entry of a piece that must be keyed in twice.</summary>
    public const string Matcher = "-matcher";

    private readonly CallServices _services;
    private readonly LiveCall _call;
    private readonly PayDetails _details;
    private readonly IReadOnlySet<PayPiece> _twice;
    private readonly HashSet<PayPiece> _matched = [];
    private Interruption? _capturing;
    private string _callback;

    public PaymentSession(
        CallServices services, LiveCall call, PaySpec spec, IReadOnlySet<PayPiece> twice, string callback, string key, long cause)
    {
        (_services, _call, Spec, _twice, _callback, CreateKey) = (services, call, spec, twice, callback, key);
        _details = new PayDetails(spec);
        var now = services.World.Clock.GetUtcNow();
        Record = new Payment
        {
            Sid = services.World.Sids.New("PK"),
            Account = call.Record.Account,
            CallSid = call.Record.Sid,
            DateCreated = now,
            DateUpdated = now,
        };
        Cause = services.World.Store.Put(Payment.Table, Record.Account, Record, PayEntries.SessionStarted, cause).Seq;
        Tell([]);
        services.World.Loop.Start(WatchAsync);
    }

    public Payment Record { get; private set; }

    public PaySpec Spec { get; }

    /// <summary>True where the payer hears the last digits of each piece and confirms them by a key (<c>Confirmation</c>).</summary>
    public bool AsksToConfirm { get; init; }

    /// <summary>The key it was made with: the same again makes no other.</summary>
    public string CreateKey { get; }

    /// <summary>Keys of orders that were carried out.</summary>
    public IdempotencyKeys<PaymentSession> OrderKeys { get; } = new();

    public bool IsOver => Record.Result is not null || IsProcessing;

    private bool IsProcessing { get; set; }

    private long Cause { get; set; }

    /// <summary>What is still to be keyed in, as <c>Required</c> spells it.</summary>
    public IReadOnlyList<string> Required =>
    [
        .. Spec.Pieces.SelectMany(RequiredOf),
    ];

    private IEnumerable<string> RequiredOf(PayPiece piece)
    {
        var name = PieceWords.Of(piece).Parameter;
        if (_details[piece] is null) yield return name;
        if (_twice.Contains(piece) && !_matched.Contains(piece)) yield return name + "Matcher";
    }

    /// <summary>True where the piece must be keyed in twice and was once.</summary>
    public bool MayMatch(PayPiece piece) => _twice.Contains(piece) && _details[piece] is not null;

    /// <summary>From now on the payer's keys are that piece.</summary>
    /// <param name="piece">One of the pieces asked for.</param>
    /// <param name="isMatcher">True for the second entry.</param>
    /// <param name="callback">Told from now on.</param>
    /// <param name="cause">Of the order.</param>
    public void Capture(PayPiece piece, bool isMatcher, string callback, long cause)
    {
        (_callback, Cause) = (callback, cause);
        _capturing?.Interrupt(InterruptedBy.Redirect);
        var capturing = _capturing = new Interruption(_services.World.Ending);
        Touch();
        TellPiece(piece, isMatcher, "", isPartial: true, null);
        _services.World.Loop.Start(() => CaptureAsync(piece, isMatcher, capturing));
    }

    /// <summary>Hands the payment to the processor; how it went comes by the callback.</summary>
    public void Complete(string callback, long cause)
    {
        (_callback, Cause, IsProcessing) = (callback, cause, true);
        _capturing?.Interrupt(InterruptedBy.Redirect);
        _capturing = null;
        Touch();
        _services.World.Loop.Start(async () =>
        {
            await Task.Delay(PaymentProcessor.Delay, _services.World.Clock, _services.World.Ending);
            var outcome = PaymentProcessor.Process(_services.World, Spec, _details);
            if (!outcome.IsDone) _services.Raise(_call.Record, outcome.Code, $"Pay: {outcome.Error}", null, Cause);
            End(outcome.IsDone ? "success" : "payment-connector-error", outcome);
        });
    }

    /// <summary>Gives it up by REST; the list of results has no word for that, so none is told (inferred).</summary>
    public void Cancel(string callback, long cause)
    {
        (_callback, Cause) = (callback, cause);
        End("cancelled", null, isTold: false);
    }

    private async Task WatchAsync()
    {
        await _call.Over.Task;
        if (!IsOver) End("caller-hung-up", null);
    }

    private async Task CaptureAsync(PayPiece piece, bool isMatcher, Interruption capturing)
    {
        try
        {
            using var inputs = _call.Media.Listen();
            var keyed = new KeyedPiece(_details, piece, Spec, _services.World.Clock);
            _call.Media.ExpectInput(true);
            await keyed.ReadAsync(
                inputs, isPrompting: false, () => TellPiece(piece, isMatcher, keyed.Digits, isPartial: true, null), static () => { },
                capturing.Token);
            if (IsOver) return;
            if (keyed.IsGivenUp)
            {
                End("caller-interrupted-with-star", null);
                return;
            }
            var error = _details.Judge(piece, keyed.Digits, _services.World.Clock.GetUtcNow());
            if (error is null && isMatcher && keyed.Digits != _details[piece]) error = "input-matching-failed";
            var isTaken = error is null && (!AsksToConfirm || await IsConfirmedAsync(keyed.Digits, inputs, capturing.Token));
            if (IsOver) return;
            if (isTaken && isMatcher) _matched.Add(piece);
            else if (isTaken) _details.Put(piece, keyed.Digits);
            Cause = _services.World.Journal.Write(
                Record.Account, PayEntries.Captured, Record.Sid, Cause, ("call_sid", Record.CallSid),
                ("piece", PieceWords.Of(piece).Word + (isMatcher ? Matcher : "")), ("error", error),
                ("confirmed", error is null && !isTaken ? false : null)).Seq;
            TellPiece(piece, isMatcher, keyed.Digits, isPartial: false, error);
        }
        catch (OperationCanceledException) when (!_services.World.Ending.IsCancellationRequested)
        {
            // Another piece is asked for, or it is over.
        }
        finally
        {
            if (!_call.IsOver) _call.Media.ExpectInput(false);
            if (_capturing == capturing) _capturing = null;
            capturing.Dispose();
        }
    }

    /// <summary>
    /// Says the last four digits over whatever the call does; 1 confirms, 2 does not,
    /// nor does a silence (the last is inferred): then the piece is still required.
    /// </summary>
    private async Task<bool> IsConfirmedAsync(string digits, PartyInputs inputs, CancellationToken cancellation)
    {
        var words = Sounds.Speech(
            $"You entered a number that ends in {string.Join(' ', digits.TakeLast(4))}. To confirm, press 1. To cancel, press 2.");
        var now = _services.World.Clock.GetUtcNow();
        _call.Transcript!.Heard(words);
        // This lane cuts nothing short.
        _call.Media.ToParty.Put(new Cue(now, Lanes.Keys, words));
        var due = now + words.Takes!.Value + Spec.Timeout;
        while (due - _services.World.Clock.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            if (await inputs.NextAsync(left, cancellation) is { Key: { } key } && key is '1' or '2') return key == '1';
        }
        return false;
    }

    private void End(string result, PaymentOutcome? outcome, bool isTold = true)
    {
        if (Record.Result is not null) return;
        // Not from within the capture itself, which ends of its own.
        if (_capturing is { } capturing && _call.IsOver) capturing.Interrupt(InterruptedBy.HangUp);
        else if (_capturing is { } other && !isTold) other.Interrupt(InterruptedBy.Redirect);
        _capturing = null;
        Record = Record with { Result = result, DateUpdated = _services.World.Clock.GetUtcNow() };
        Cause = _services.World.Store.Put(Payment.Table, Record.Account, Record, PayEntries.SessionEnded, Cause).Seq;
        _services.Payments.Remove(this);
        List<KeyValuePair<string, string>> parameters = [new("DateUpdated", TwilioDates.ToRfc2822(Record.DateUpdated))];
        if (isTold) parameters.Add(new("Result", result));
        Tell([.. parameters, .. _details.Parameters(isGrouped: true), .. outcome?.Parameters() ?? []]);
    }

    private void Touch()
    {
        Record = Record with { DateUpdated = _services.World.Clock.GetUtcNow() };
        Cause = _services.World.Store.Put(Payment.Table, Record.Account, Record, PayEntries.SessionUpdated, Cause).Seq;
    }

    /// <summary>How a piece goes: while keys come they are told masked.</summary>
    private void TellPiece(PayPiece piece, bool isMatcher, string digits, bool isPartial, string? error)
    {
        var words = PieceWords.Of(piece);
        List<KeyValuePair<string, string>> parameters =
        [
            new("DateUpdated", TwilioDates.ToRfc2822(Record.DateUpdated)),
            new("Capture", words.Word + (isMatcher ? Matcher : "")),
            new("PartialResult", isPartial ? "true" : "false"),
            new("Required", string.Join(',', Required)),
        ];
        if (error is not null) parameters.Add(new("ErrorType", error));
        parameters.AddRange(_details.Parameters(isGrouped: true).Where(p => !isPartial || p.Key != words.Parameter));
        if (isPartial && digits.Length > 0)
        {
            parameters.Add(new(
                words.Parameter,
                piece is PayPiece.CardNumber or PayPiece.SecurityCode or PayPiece.AccountNumber ? new string('x', digits.Length) : digits));
        }
        Tell(parameters);
    }

    private void Tell(IReadOnlyList<KeyValuePair<string, string>> more)
    {
        List<KeyValuePair<string, string>> parameters =
        [
            new("AccountSid", Record.Account.Value),
            new("CallSid", Record.CallSid),
            new("Sid", Record.Sid),
            new("DateCreated", TwilioDates.ToRfc2822(Record.DateCreated)),
            new("PaymentConnector", Spec.Connector),
            new("PaymentMethod", Spec.MethodWord),
        ];
        if (Spec.Charge is { } charge) parameters.Add(new("ChargeAmount", charge.ToString(CultureInfo.InvariantCulture)));
        else parameters.Add(new("TokenType", Spec.TokenType));
        if (Spec.BankAccountType is { } type && !more.Any(p => p.Key == "BankAccountType")) parameters.Add(new("BankAccountType", type));
        parameters.AddRange(more);
        _services.Lanes.Enqueue(
            Record.Sid, _services.Aside(_call.Record, _callback, "POST", WebhookPurpose.PaymentStatusCallback, Cause, parameters));
    }
}
