using TwilioEmu.Accounts.TestCredentials;
using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Callbacks;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Directory;
using TwilioEmu.Voice.Documents;
using TwilioEmu.Voice.Recordings;

namespace TwilioEmu.Voice.Operations;

/// <summary><c>POST /Calls.json</c>: checks, queues, answers at once.</summary>
/// <remarks>twilio.com/docs/voice/api/call-resource#create-a-call-resource.</remarks>
internal sealed class CallCreate(CallServices services, CallQueue queue)
{
    public Answer Create(RestRequest request)
    {
        var form = new CallForm(request.Form);
        var (from, to) = Parties(form, request);
        var instructions = InstructionsFor(form, request);
        CheckSip(form);
        if (form.Fault is { } fault) return new Answer.Refusal(fault);

        var record = Call.Queued(services.World, request.Account, from, to) with
        {
            QueueTime = queue.Estimate(request.Account),
            PhoneNumberSid = services.Numbers.Find(from) is { } owned ? owned.Sid : null,
            ApplicationSid = form.Text("ApplicationSid"),
        };
        var call = new LiveCall(services, record, instructions, request.Cause);
        Warn(call, form, request);
        queue.Enqueue(call, new OutboundRun(services, call).RunAsync);
        return Answer.Of(call.Record);
    }

    internal (string From, string To) Parties(CallForm form, RestRequest request)
    {
        if (form.Text("To") is not { } to) return form.Refuse(21201, "No 'To' number is specified", ("", ""));
        if (form.Text("From") is not { } from) return form.Refuse(21213, "From phone number is required.", ("", ""));
        if (Address.IsOther(to)) return (Address.ToE164(from) ?? from, Other(form, request, to));
        if (Address.ToE164(to) is not { } callee) return form.Refuse(21211, $"Invalid 'To' Phone Number: {NumberMask.Of(to)}", ("", ""));
        if (!services.Numbers.MayCall(request.Account, callee)) return form.Refuse(21215, Barred(callee), ("", ""));
        if (!services.Numbers.IsOpen(request.Account, callee)) return form.Refuse(21219, Unverified(callee), ("", ""));
        if (Address.ToE164(from) is not { } caller)
        {
            return form.Refuse(
                21212, $"The 'From' number {from} is not a valid phone number, shortcode, or alphanumeric sender ID.", ("", ""));
        }
        if (!MayShow(request, caller) && !IsForwarded(form, request, caller))
        {
            return form.Refuse(21210, NotVerified(caller), ("", ""), CureOf(caller));
        }
        // A number cannot call itself (twilio.com/docs/api/errors/21211). Where a document dials its own number, the bound on causes ends
        // it.
        if (caller == callee)
        {
            return form.Refuse(21211, $"Invalid 'To' Phone Number: {NumberMask.Of(to)}: 'From' is the same number", ("", ""));
        }
        if (form.Text("CallerId") is { } shown && (Address.ToE164(shown) is not { } number || !MayShow(request, number)))
        {
            return form.Refuse(21264, NotVerified(shown), ("", ""), CureOf(shown));
        }
        return (caller, callee);
    }

    /// <summary>
    /// A callee without a number, judged by its kind; parameters for an app's own phone (<c>client:alice?table=4</c>) are cut off.
    /// </summary>
    private string Other(CallForm form, RestRequest request, string to)
    {
        var address = PartyAddress.Read(to.Split('?', 2)[0]);
        switch (address.Kind)
        {
            case AddressKind.Client when address.Value.Length is 0 or > 256 || address.Value.Any(char.IsWhiteSpace):
                return form.Refuse(21211, $"Invalid 'To' client identity: '{address.Value}'", "");
            case AddressKind.Client: return address.ToString();
            case AddressKind.App when services.Numbers.FindApplication(address.Value) is not { } app
                || (app.Account != request.Account && !app.IsPublic):
                return form.Refuse(21218, $"ApplicationSid {address.Value} is not valid", "");
            case AddressKind.Sip when SipHeaderRules.Judge(to) is (not 0 and var code, var wrong):
                return form.Refuse(HeaderCode(code), $"Invalid 'To' SIP URI: {wrong}", "");
            default: return to;
        }
    }

    /// <summary>
    /// Of headers in a <c>To</c>: REST has codes of its own for what an alert says of a document's (error dictionary 21227 to 21229).
    /// </summary>
    private static int HeaderCode(int code) => code switch
    {
        13251 or 13253 => 21227,
        32112 => 21229,
        _ => 21228,
    };

    private bool MayShow(RestRequest request, string number) =>
        services.Numbers.Find(number)?.Account == request.Account || services.Numbers.IsVerifiedCallerId(request.Account, number);

    /// <summary>True where the request carries the token of a call from that number: the caller is sent on under their own name.</summary>
    private bool IsForwarded(CallForm form, RestRequest request, string caller) =>
        form.Text("CallToken") is { } token && CallToken.CallerIn(token, services.TokenOf(request.Account)) == caller;

    private string? CureOf(string shown) => services.Numbers.Find(shown) is not null
        ? null
        : $"{services.Exchange.Unowned(shown)}, or under caller_ids:{MagicNumbers.CureOf(shown)}";

    private static string NotVerified(string number) =>
        $"The source phone number provided, {number}, is not yet verified for this account. You may only make calls from phone numbers "
            + "that you've verified or purchased from Twilio.";

    private static string Unverified(string number) =>
        $"The number {number} is unverified. Trial accounts may only make calls to verified numbers.";

    private static string Barred(string number) =>
        $"Account not authorized to call {NumberMask.Of(number)}. Perhaps you need to enable some international permissions: "
            + "https://www.twilio.com/console/voice/calls/geo-permissions/low-risk";

    private CallInstructions InstructionsFor(CallForm form, RestRequest request)
    {
        var instructions = new CallInstructions
        {
            CallerId = form.Text("CallerId") is { } shown ? Address.ToE164(shown) ?? shown : null,
            Reason = form.CallReason(),
            SendDigits = form.SendDigits(),
            Parameters = ClientParameters(form.Text("To")),
            ClientNotificationUrl = form.NotificationUrl(),
            Login = form.Text("SipAuthUsername") is { } user ? new SipLogin(user, form.Text("SipAuthPassword") ?? "") : null,
            // Keys to be sent leave no room for detection (twilio.com/docs/voice/api/call-resource: SendDigits).
            Detection = form.Detection() is { } detection && form.Text("SendDigits") is null ? detection : null,
            Timeout = form.Timeout(),
            TimeLimit = form.TimeLimit() ?? CallInstructions.MaxDuration,
            StatusCallbackEvents = form.Events().Events,
            Recording = Recording(form),
            ByocTrunk = form.Byoc(),
        };
        if (form.Text("ApplicationSid") is { } sid)
        {
            // An app's own URLs rule; those of the request are ignored.
            if (services.Numbers.FindApplication(request.Account, sid) is not { VoiceUrl: { Length: > 0 } url } app)
            {
                return form.Refuse(21218, $"ApplicationSid {sid} is not valid: no application with a voice URL", instructions);
            }
            return instructions with
            {
                First = DocumentRequest.Voice(url, app.VoiceMethod),
                FallbackUrl = app.FallbackUrl,
                FallbackMethod = app.FallbackMethod,
                StatusCallback = app.StatusCallback,
                StatusCallbackMethod = app.StatusCallbackMethod,
            };
        }
        return instructions with
        {
            First = form.Document()
                ?? (form.Fault is null ? form.Refuse<DocumentRequest?>(21205, "Url parameter is required.", null) : null),
            FallbackUrl = form.Url("FallbackUrl", 21205),
            FallbackMethod = form.Method("FallbackMethod"),
            StatusCallback = form.CallbackUrl("StatusCallback"),
            StatusCallbackMethod = form.Method("StatusCallbackMethod"),
        };
    }

    /// <summary>What an app's own phone is told: the query of <c>client:alice?table=4</c>.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> ClientParameters(string? to)
    {
        if (to?.StartsWith("client:", StringComparison.Ordinal) != true || to.IndexOf('?') is not (> 0 and var at)) return [];
        return [.. to[(at + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2))
            .Select(p => KeyValuePair.Create(
                Uri.UnescapeDataString(p[0]), p.Length == 2 ? Uri.UnescapeDataString(p[1].Replace('+', ' ')) : ""))];
    }

    /// <summary>Null where the call is not to be recorded; what is wrong with the rest is told even so.</summary>
    public static RecordingSpec? Recording(CallForm form, bool isParticipants = false)
    {
        var spec = form.Recording(RecordingSource.OutboundApi, trims: true, isParticipants);
        return form.Flag("Record", usual: false) ? spec : null;
    }

    internal static void CheckSip(CallForm form)
    {
        if ((form.Text("SipAuthUsername")?.Length ?? 0) >= 256)
        {
            form.Refuse(21221, "SipAuthUsername must have fewer than 256 characters", 0);
        }
        if ((form.Text("SipAuthPassword")?.Length ?? 0) >= 256)
        {
            form.Refuse(21223, "SipAuthPassword must have fewer than 256 characters", 0);
        }
        // Neither blanks nor what is no ASCII (the page names no set; inferred).
        if (form.Text("SipAuthUsername")?.All(IsPlain) == false)
        {
            form.Refuse(21222, "SipAuthUsername holds characters that are not allowed", 0);
        }
        if (form.Text("SipAuthPassword")?.All(IsPlain) == false)
        {
            form.Refuse(21224, "SipAuthPassword holds characters that are not allowed", 0);
        }
        if (form.Text("SipAuthUsername") is not null && form.Text("SipAuthPassword") is null)
        {
            form.Refuse(21225, "SipAuthPassword is required when SipAuthUsername is given", 0);
        }
    }

    private static bool IsPlain(char c) => c is > ' ' and <= '~';

    /// <summary>Words that are no event of a call: taken, told of, and missing later.</summary>
    internal static void WarnOfEvents(CallServices services, LiveCall call, CallForm form)
    {
        foreach (var word in form.Events().Unknown)
        {
            services.Raise(
                call.Record, 21626, $"Invalid 'StatusCallbackEvent': '{word}'; repeat the parameter for each event", null, call.Cause);
        }
    }

    private void Warn(LiveCall call, CallForm form, RestRequest request)
    {
        WarnOfEvents(services, call, form);
        if (request.Form.Has("Url") && request.Form.Has("Twiml"))
        {
            services.Raise(call.Record, 32019, "Twiml is ignored because Url is given", null, call.Cause);
        }
    }
}
