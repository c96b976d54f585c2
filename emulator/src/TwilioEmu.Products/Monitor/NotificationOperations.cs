using TwilioEmu.Kernel.Journal;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Webhooks.Alerts;

namespace TwilioEmu.Products.Monitor;

/// <summary>Notifications of an account and of a call: the same alerts in the older spelling.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/usage/monitor-alert;
/// Log 0 is an error, 1 a warning (twilio.com/docs/voice/api/call-notification-resource).
/// </remarks>
internal sealed class NotificationOperations(MonitorLog log)
{
    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("ListNotification", List),
        ("FetchNotification", Fetch),
        ("ListCallNotification", List),
        ("FetchCallNotification", Fetch),
    ];

    private Answer List(RestRequest request)
    {
        int? level = null;
        if (request.Query["Log"] is { Length: > 0 } text)
        {
            if (text is not ("0" or "1")) return Answer.Refuse(20001, $"Invalid Log: '{text}' is neither 0 (errors) nor 1 (warnings)");
            level = text[0] - '0';
        }
        var range = DateRange.Read(request.Query, "MessageDate");
        var call = CallOf(request);
        return new Answer.List(after => log.AlertsNewestFirst(request.Account, Before(after))
            .Where(e => range.Holds(e.At) && (call is null || e.Subject == call))
            .Select(LoggedAlert.Of)
            .OfType<LoggedAlert>()
            .Where(a => level is null || LogOf(a) == level)
            .Select(a => (log.AlertSids.Of(a.Entry.Seq), (IFace)Face(request, log.AlertSids.Of(a.Entry.Seq), a, null))));
    }

    private Answer Fetch(RestRequest request) =>
        log.AlertSids.TryRead(request.PathValues["Sid"], out var seq) && log.Find(request.Account, seq) is { } entry
            && LoggedAlert.Of(entry) is { } alert
        && (CallOf(request) ?? entry.Subject) == entry.Subject
            ? Answer.Of(Face(request, request.PathValues["Sid"], alert, WebhookTrace.Behind(log.World.Journal, entry)))
            : Answer.NotFound(request);

    private long Before(string? after) => after is not null && log.AlertSids.TryRead(after, out var seq) ? seq : after is null ? 0 : 1;

    private static string? CallOf(RestRequest request) => request.PathValues.TryGetValue("CallSid", out var call) ? call : null;

    private static int LogOf(LoggedAlert alert) => alert.Level == AlertLevel.Error ? 0 : 1;

    private static NotificationFace Face(RestRequest request, string sid, LoggedAlert alert, WebhookTrace? trace)
    {
        var list = CallOf(request) is { } call ? $"/Calls/{call}/Notifications" : "/Notifications";
        return new NotificationFace(sid, $"/2010-04-01/Accounts/{request.Account.Value}{list}/{sid}.json", alert, trace);
    }

    private sealed class NotificationFace(string sid, string uri, LoggedAlert alert, WebhookTrace? trace) : IFace
    {
        private Entry Entry => alert.Entry;

        public void WriteProperty(string property, FaceWriter to)
        {
            switch (property)
            {
                case "account_sid": to.Write(Entry.Account.Value); break;
                case "api_version": to.Write("2010-04-01"); break;
                case "call_sid": to.Write(Entry.Subject.StartsWith("CA", StringComparison.Ordinal) ? alert.ResourceSid : null); break;
                case "date_created" or "date_updated" or "message_date": to.Write(Entry.At); break;
                case "error_code": to.WriteQuoted(alert.Code); break;
                case "log": to.WriteQuoted(LogOf(alert)); break;
                case "message_text": to.Write(alert.Text); break;
                case "more_info": to.Write(alert.MoreInfo); break;
                case "request_method": to.Write(alert.Method ?? trace?.Method); break;
                case "request_url": to.Write(alert.Url ?? trace?.Url ?? ""); break;
                case "request_variables": to.Write(trace?.Variables); break;
                case "response_body": to.Write(trace?.ResponseBody); break;
                case "response_headers": to.Write(trace?.ResponseHeaders); break;
                case "sid": to.Write(sid); break;
                case "uri": to.Write(uri); break;
            }
        }
    }
}
