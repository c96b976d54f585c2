using System.Text;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>Writes scenarios of SIPp: what a caller sends and what must come back, in order.</summary>
/// <remarks>sipp.readthedocs.io, "Create your own XML scenarios".</remarks>
internal sealed class SippScenario(string user, string host, string caller = "sipp")
{
    private readonly StringBuilder _steps = new();
    private int _sequence;

    /// <summary>A message within the call; the session description, where there is one, is G.711 with that direction.</summary>
    /// <param name="method">Of the request.</param>
    /// <param name="direction">Null sends no description.</param>
    /// <param name="headers">Whole lines.</param>
    /// <param name="isFirst">Before there is a dialog.</param>
    /// <param name="profile">What the sound goes by.</param>
    public SippScenario Send(string method, string? direction = null, string headers = "", bool isFirst = false, string profile = "RTP/AVP")
    {
        if (method is not ("ACK" or "CANCEL")) _sequence++;
        var body = direction is null
            ? ""
            : $"v=0\no=u 1 {_sequence} IN IP4 [media_ip]\ns=-\nc=IN IP4 [media_ip]\nt=0 0\nm=audio [media_port] {profile} 0 "
                + $"101\na=rtpmap:0 PCMU/8000\na=rtpmap:101 telephone-event/8000\na={direction}\n";
        var target = isFirst || method == "CANCEL" ? $"sip:{user}@{host}" : "[next_url]";
        var via = method == "CANCEL" ? "[last_Via:]" : "Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]";
        var to = isFirst || method == "CANCEL" ? $"To: <sip:{user}@{host}>" : $"To: <sip:{user}@{host}>[peer_tag_param]";
        _steps.Append(
            $"<send{(method is "ACK" or "CANCEL" ? "" : " retrans=\"500\"")}><![CDATA[\n{method} {target} SIP/2.0\n{via}\n"
                + $"From: <sip:{caller}@{host}>;tag=[call_number]\n{to}\nCall-ID: [call_id]\n"
                    + $"CSeq: {_sequence} {method}\nContact: <sip:sipp@[local_ip]:[local_port];transport=[transport]>\nMax-Forwards: "
                    + $"70\n{headers}{(direction is null ? "" : "Content-Type: application/sdp\n")}Content-Length: [len]\n\n"
                        + $"{body}]]></send>\n");
        return this;
    }

    /// <summary>A message within the call with a body of its own.</summary>
    /// <param name="headers">Whole lines.</param>
    public SippScenario Say(string method, string headers, string body)
    {
        _sequence++;
        _steps.Append(
            $"<send retrans=\"500\"><![CDATA[\n{method} [next_url] SIP/2.0\nVia: SIP/2.0/[transport] "
                + "[local_ip]:[local_port];branch=[branch]\n"
                    + $"From: <sip:{caller}@{host}>;tag=[call_number]\nTo: <sip:{user}@{host}>[peer_tag_param]\nCall-ID: [call_id]\n"
                        + $"CSeq: {_sequence} {method}\n"
                    + $"Contact: <sip:sipp@[local_ip]:[local_port]>\nMax-Forwards: 70\n{headers}Content-Length: [len]\n\n"
                        + $"{body}]]></send>\n");
        return this;
    }

    /// <summary>What must come; the expression must be found in it.</summary>
    public SippScenario Receive(int status, string? pattern = null, bool isOptional = false)
    {
        _steps.Append($"<recv response=\"{status}\"{(isOptional ? " optional=\"true\"" : "")}{(status is >= 200 and < 300 ? " rrs=\"true\"" : "")}>{Check(pattern)}</recv>\n");
        return this;
    }

    /// <summary>A REFER that must come, and is taken on.</summary>
    public SippScenario AcceptRefer(string? pattern) => ReceiveRequest("REFER", pattern, "202 Accepted");

    /// <summary>How a call that was asked for goes (RFC 3515 §2.4.5).</summary>
    public SippScenario Notify(int status, bool isOver)
    {
        _sequence++;
        _steps.Append(
            "<send retrans=\"500\"><![CDATA[\nNOTIFY [next_url] SIP/2.0\nVia: SIP/2.0/[transport] "
                + $"[local_ip]:[local_port];branch=[branch]\nFrom: <sip:{caller}@{host}>;tag=[call_number]\n"
                    + $"To: <sip:{user}@{host}>[peer_tag_param]\nCall-ID: [call_id]\nCSeq: {_sequence} NOTIFY\nContact: "
                    + "<sip:sipp@[local_ip]:[local_port]>\nMax-Forwards: 70\nEvent: refer\n"
                    + $"Subscription-State: {(isOver ? "terminated;reason=noresource" : "active;expires=60")}\nContent-Type: "
                    + $"message/sipfrag\nContent-Length: [len]\n\nSIP/2.0 {status} Told\n]]></send>\n");
        return Receive(200);
    }

    /// <summary>A request that must come, and is answered.</summary>
    public SippScenario ReceiveRequest(string method, string? pattern = null, string answer = "200 OK")
    {
        _steps.Append($"<recv request=\"{method}\">{Check(pattern)}</recv>\n"
            + $"<send><![CDATA[\nSIP/2.0 {answer}\n[last_Via:]\n[last_From:]\n[last_To:]\n[last_Call-ID:]\n[last_CSeq:]\nContact: "
            + "<sip:sipp@[local_ip]:[local_port]>\nContent-Length: 0\n\n]]></send>\n");
        return this;
    }

    public SippScenario Pause(int milliseconds)
    {
        _steps.Append($"<pause milliseconds=\"{milliseconds}\"/>\n");
        return this;
    }

    public override string ToString() => $"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<scenario name=\"claim\">\n{_steps}{(_steps.ToString().Contains("assign_to", StringComparison.Ordinal) ? "<Reference variables=\"told\"/>\n" : "")}</scenario>\n";

    /// <summary>A switch that answers one call, or refuses it.</summary>
    /// <param name="status">Of its answer.</param>
    /// <param name="caller">Must be found in the INVITE; null for whatever comes.</param>
    /// <param name="goodbye">Must be found in the BYE; null for whatever comes.</param>
    public static string Switch(int status, string? caller = null, string? goodbye = null)
    {
        const string Same = "[last_Via:]\n[last_From:]\n[last_To:];tag=[call_number]\n[last_Call-ID:]\n[last_CSeq:]\nContact: "
            + "<sip:pbx@[local_ip]:[local_port]>\n";
        var body =
            "v=0\no=u 1 1 IN IP4 [media_ip]\ns=-\nc=IN IP4 [media_ip]\nt=0 0\nm=audio [media_port] RTP/AVP 0\na=rtpmap:0 PCMU/8000\n";
        var rest = status >= 300
            ? $"<send><![CDATA[\nSIP/2.0 {status} No\n{Same}Content-Length: 0\n\n]]></send>\n<recv request=\"ACK\"/>\n"
            : $"<send><![CDATA[\nSIP/2.0 180 Ringing\n{Same}Content-Length: 0\n\n]]></send>\n<send retrans=\"500\"><![CDATA[\nSIP/2.0 200 "
              + $"OK\n{Same}Content-Type: application/sdp\nContent-Length: [len]\n\n{body}]]></send>\n"
                + "<recv request=\"ACK\"/>\n<recv request=\"BYE\">" + Check(goodbye)
                + "</recv>\n<send><![CDATA[\nSIP/2.0 200 "
                    + "OK\n[last_Via:]\n[last_From:]\n[last_To:]\n[last_Call-ID:]\n[last_CSeq:]\nContent-Length: 0\n\n]]></send>\n";
        return "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<scenario name=\"switch\">\n<recv "
            + $"request=\"INVITE\">{Check(caller)}</recv>\n"
                + $"{rest}{(caller is null && goodbye is null ? "" : "<Reference variables=\"told\"/>\n")}</scenario>\n";
    }

    /// <summary>A switch that answers one call, and asks for the caller to be connected with somebody else.</summary>
    /// <param name="referTo">Whom.</param>
    /// <param name="status">Of what is answered to that.</param>
    /// <param name="told">
    /// The statuses that it is then told, in order; after the last, where that is 200, it is hung up on, and else it hangs up itself.
    /// </param>
    public static string TransferringSwitch(string referTo, int status, params int[] told) => TransferringSwitch(referTo, status, told, told.Length);

    /// <summary>The same that hangs up once it was told so often, and hears the rest all the same (RFC 5589 §6.1).</summary>
    public static string LeavingSwitch(string referTo, int after, params int[] told) => TransferringSwitch(referTo, 202, told, after);

    private static string TransferringSwitch(string referTo, int status, int[] told, int staysFor)
    {
        const string Same = "[last_Via:]\n[last_From:]\n[last_To:];tag=[call_number]\n[last_Call-ID:]\n[last_CSeq:]\nContact: "
            + "<sip:pbx@[local_ip]:[local_port]>\n";
        const string Body =
            "v=0\no=u 1 1 IN IP4 [media_ip]\ns=-\nc=IN IP4 [media_ip]\nt=0 0\nm=audio [media_port] RTP/AVP 0\na=rtpmap:0 PCMU/8000\n";
        const string Within = "Via: SIP/2.0/[transport] "
            + "[local_ip]:[local_port];branch=[branch]\nFrom:[$ours];tag=[call_number]\nTo:[$theirs]\nCall-ID: "
            + "[call_id]\nMax-Forwards: 70\n"
            + "Contact: <sip:pbx@[local_ip]:[local_port]>\n";
        var rest = new SippScenario("", "");
        foreach (var how in told[..staysFor]) rest.ReceiveRequest("NOTIFY", $"SIP/2.0 {how} ");
        if (staysFor == told.Length && told is [.., 200])
        {
            rest.ReceiveRequest("BYE");
        }
        else
        {
            if (staysFor == told.Length) rest.Pause(500);
            rest._steps.Append($"<send retrans=\"500\"><![CDATA[\nBYE [$target] SIP/2.0\n{Within}CSeq: 2 BYE\nContent-Length: "
                + "0\n\n]]></send>\n<recv response=\"200\"/>\n");
        }
        foreach (var how in told[staysFor..]) rest.ReceiveRequest("NOTIFY", $"SIP/2.0 {how} ");
        return "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<scenario name=\"transferring switch\">\n<recv request=\"INVITE\"><action>"
            + "<ereg regexp=\".*\" search_in=\"hdr\" header=\"From:\" assign_to=\"theirs\"/><ereg regexp=\".*\" search_in=\"hdr\" "
            + "header=\"To:\" assign_to=\"ours\"/>"
            + "<ereg regexp=\"sip:[^&gt;]*\" search_in=\"hdr\" header=\"Contact:\" assign_to=\"target\"/></action></recv>\n"
            + $"<send retrans=\"500\"><![CDATA[\nSIP/2.0 200 OK\n{Same}Content-Type: application/sdp\nContent-Length: "
            + $"[len]\n\n{Body}]]></send>\n<recv request=\"ACK\"/>\n<pause milliseconds=\"500\"/>\n"
            + $"<send retrans=\"500\"><![CDATA[\nREFER [$target] SIP/2.0\n{Within}CSeq: 1 REFER\nRefer-To: <{referTo}>\nContent-Length: "
            + $"0\n\n]]></send>\n<recv response=\"{status}\"/>\n"
            + $"{rest._steps}{(told.Length > 0 ? "<Reference variables=\"told\"/>\n" : "")}</scenario>\n";
    }

    private static string Check(string? pattern) =>
        pattern is null ? "" : $"<action><ereg regexp=\"{pattern}\" search_in=\"msg\" check_it=\"true\" assign_to=\"told\"/></action>";
}
