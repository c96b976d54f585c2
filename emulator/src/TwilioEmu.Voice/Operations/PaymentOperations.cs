using System.Collections.Immutable;
using System.Text.Json;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Paying;

namespace TwilioEmu.Voice.Operations;

/// <summary>Payments that an agent leads while the payer presses keys.</summary>
/// <remarks>twilio.com/docs/voice/api/payment-resource; codes: error dictionary 64003 to 64021.</remarks>
internal sealed class PaymentOperations(CallServices services)
{
    // REST spells the values of Pay with capitals.
    private static readonly string[] Names =
    [
        "BankAccountType", "ChargeAmount", "Currency", "Input", "MinPostalCodeLength", "PaymentConnector", "PaymentMethod", "PostalCode",
        "SecurityCode", "Timeout", "TokenType",
        "ValidCardTypes",
    ];

    /// <summary>What it does for which operation.</summary>
    public IReadOnlyList<(string OperationId, Behaviour Behaviour)> Behaviours => [("CreatePayments", Create), ("UpdatePayments", Update)];

    private Answer Create(RestRequest request)
    {
        var sid = request.PathValues["CallSid"];
        if (services.Book.Records(request.Account).Find(sid) is null) return Answer.NotFound(request);
        var form = new CallForm(request.Form);
        var callback = CallbackOf(form, sid);
        var parameters = ParametersOf(form);
        var spec = PaySpec.Read(
            name => Names.FirstOrDefault(n => char.ToLowerInvariant(n[0]) + n[1..] == name) is { } known ? form.Text(known) : null,
            parameters);
        if (spec.FaultCode != 0) form.Refuse(spec.FaultCode, spec.Fault, 0);
        var twice = TwiceOf(form);
        if (form.Fault is { } fault) return new Answer.Refusal(fault);
        if (services.Book.FindLive(sid) is not { IsAnswered: true } call)
        {
            return Answer.Refuse(21220, "Call is not in-progress. Cannot take a payment.");
        }
        var key = form.Text("IdempotencyKey") ?? "";
        if (services.Payments.Find(p => p.Record.CallSid == sid) is { } running)
        {
            return running.CreateKey == key
                ? Answer.Of(running.Record)
                : Answer.Refuse(64021, "Invalid operation: a payment session goes on in the call already");
        }
        var session = new PaymentSession(services, call, spec, twice, callback!, key, request.Cause)
        {
            AsksToConfirm = form.Text("Confirmation") == "true",
        };
        services.Payments.Add(session);
        return Answer.Of(session.Record);
    }

    private Answer Update(RestRequest request)
    {
        var (callSid, sid) = (request.PathValues["CallSid"], request.PathValues["Sid"]);
        if (services.World.Store.Table(Payment.Table, request.Account).Find(sid) is not { } record || record.CallSid != callSid)
        {
            return Answer.NotFound(request);
        }
        var form = new CallForm(request.Form);
        var callback = CallbackOf(form, callSid);
        var (capture, status) = (form.Text("Capture"), form.Text("Status"));
        if (capture is null && status is null) form.Refuse(64018, "neither Capture nor Status is given", 0);
        if (status is not (null or "complete" or "cancel")) form.Refuse(64020, $"Status='{status}' (not complete or cancel)", 0);
        var isMatcher = capture?.EndsWith(PaymentSession.Matcher, StringComparison.Ordinal) == true;
        var piece = PieceWords.Find(isMatcher ? capture![..^PaymentSession.Matcher.Length] : capture);
        if (capture is not null && piece is null) form.Refuse(64020, $"Capture='{capture}' (no piece of a payment)", 0);
        if (form.Fault is { } fault) return new Answer.Refusal(fault);
        if (services.Payments.Find(p => p.Record.Sid == sid) is not { IsOver: false } session)
        {
            return Answer.Refuse(64021, "Invalid operation: the payment session is over");
        }
        var key = form.Text("IdempotencyKey");
        if (session.OrderKeys.Find(key) is not null) return Answer.Of(session.Record);
        if (status == "cancel") session.Cancel(callback!, request.Cause);
        else if (status == "complete")
        {
            if (session.Required is { Count: > 0 } missing)
            {
                return Answer.Refuse(64019, $"the payment is not complete: {string.Join(", ", missing)} is still to be captured");
            }
            session.Complete(callback!, request.Cause);
        }
        else
        {
            if (!session.Spec.Pieces.Contains(piece!.Value))
            {
                return Answer.Refuse(64020, $"Capture='{capture}' (not asked for by this payment)");
            }
            if (isMatcher && !session.MayMatch(piece.Value))
            {
                return Answer.Refuse(64021, $"Invalid operation: {capture} goes with RequireMatchingInputs, and after the piece itself");
            }
            session.Capture(piece.Value, isMatcher, callback!, request.Cause);
        }
        session.OrderKeys.Add(key, session);
        return Answer.Of(session.Record);
    }

    /// <summary>Absolute or relative: then to the document that the call runs (inferred: to the URL it began with).</summary>
    private string? CallbackOf(CallForm form, string callSid)
    {
        if (form.Text("StatusCallback") is not { } callback) return form.Refuse<string?>(20001, "StatusCallback is required", null);
        if (Uri.TryCreate(callback, UriKind.Absolute, out var whole) && whole.Scheme is "http" or "https") return callback;
        var from = services.Book.FindLive(callSid)?.Instructions.First is Documents.DocumentRequest.Fetch fetch ? fetch.Url : null;
        return from is not null && Uri.TryCreate(new Uri(from), callback, out var joined) ? joined.AbsoluteUri
            : form.Refuse<string?>(
                20001, $"StatusCallback is not valid: {callback}: no absolute URL, and the call has no document it could start from", null);
    }

    /// <summary>A JSON object of one level.</summary>
    private static ImmutableArray<KeyValuePair<string, string>> ParametersOf(CallForm form)
    {
        if (form.Text("Parameter") is not { } text) return [];
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                return [.. json.RootElement.EnumerateObject().Select(m => KeyValuePair.Create(m.Name, m.Value.ToString()))];
            }
        }
        catch (JsonException)
        {
            // Refused below.
        }
        return form.Refuse<ImmutableArray<KeyValuePair<string, string>>>(64020, $"Parameter='{text}' (no JSON object)", []);
    }

    private static HashSet<PayPiece> TwiceOf(CallForm form)
    {
        var pieces = new HashSet<PayPiece>();
        foreach (var word in (form.Text("RequireMatchingInputs") ?? "").Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (PieceWords.Find(word) is { } piece) pieces.Add(piece);
            else form.Refuse(64020, $"RequireMatchingInputs='{word}' (no piece of a payment)", 0);
        }
        return pieces;
    }
}
