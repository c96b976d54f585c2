using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Webhooks.Alerts;

namespace TwilioEmu.Products.Monitor;

/// <summary>Monitor alerts: listed and fetched from the journal.</summary>
/// <remarks>Loop-confined. twilio.com/docs/usage/monitor-alert. What was sent and answered is shown in the instance only.</remarks>
internal sealed class AlertOperations(MonitorLog log)
{
    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("monitor_v1/ListAlert", List),
        ("monitor_v1/FetchAlert", Fetch),
    ];

    private Answer List(RestRequest request)
    {
        AlertLevel? level = null;
        if (request.Query["LogLevel"] is { Length: > 0 } word)
        {
            if (!AlertLevels.TryParse(word, out var parsed))
            {
                return Answer.Refuse(20001, $"Invalid LogLevel: '{word}' is not one of error, warning, notice, debug");
            }
            level = parsed;
        }
        var range = DateRange.Read(request.Query);
        return new Answer.List(after => log.AlertsNewestFirst(request.Account, Before(after))
            .Where(e => range.Holds(e.At))
            .Select(LoggedAlert.Of)
            .OfType<LoggedAlert>()
            .Where(a => level is null || a.Level == level)
            .Select(a => (log.AlertSids.Of(a.Entry.Seq), (IFace)new AlertFace(log.AlertSids.Of(a.Entry.Seq), a, null))));
    }

    private Answer Fetch(RestRequest request) =>
        log.AlertSids.TryRead(request.PathValues["Sid"], out var seq) && log.Find(request.Account, seq) is { } entry
            && LoggedAlert.Of(entry) is { } alert
            ? Answer.Of(new AlertFace(request.PathValues["Sid"], alert, WebhookTrace.Behind(log.World.Journal, entry)))
            : Answer.NotFound(request);

    private long Before(string? after) => after is not null && log.AlertSids.TryRead(after, out var seq) ? seq : after is null ? 0 : 1;

    private sealed class AlertFace(string sid, LoggedAlert alert, WebhookTrace? trace) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            switch (property)
            {
                case "account_sid": to.Write(alert.Entry.Account.Value); break;
                case "alert_text": to.Write(alert.Text); break;
                case "api_version": to.Write("2010-04-01"); break;
                case "date_created" or "date_generated" or "date_updated": to.Write(alert.Entry.At); break;
                case "error_code": to.WriteQuoted(alert.Code); break;
                case "log_level": to.Write(alert.Level.Word()); break;
                case "more_info": to.Write(alert.MoreInfo); break;
                case "request_method": to.Write(alert.Method ?? trace?.Method); break;
                case "request_url": to.Write(alert.Url ?? trace?.Url); break;
                case "request_variables": to.Write(trace?.Variables); break;
                case "resource_sid": to.Write(alert.ResourceSid); break;
                case "response_body": to.Write(trace?.ResponseBody); break;
                case "response_headers": to.Write(trace?.ResponseHeaders); break;
                case "sid": to.Write(sid); break;
                case "url": to.Write($"{to.BaseUrl}/v1/Alerts/{sid}"); break;
            }
        }
    }
}
