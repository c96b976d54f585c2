using System.Globalization;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Calls;

namespace TwilioEmu.Voice.Insights;

/// <summary>Voice Insights of calls: summaries, and the events of one call. Computed when asked for; nothing is kept.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/voice/voice-insights/api/call. A summary that is not complete is there for who asks for
/// <c>ProcessingState=partial</c>. Metrics are of packets, which live phones alone send: of simulated ones the list is empty, and the
/// journal says why.
/// </remarks>
internal sealed class InsightsOperations(CallServices services)
{
    private static readonly string[] Progress =
    [
        CallEntries.Queued.Name, CallEntries.Initiated.Name, CallEntries.Ringing.Name, CallEntries.InProgress.Name,
        CallEntries.Completed.Name, CallEntries.Busy.Name, CallEntries.Failed.Name, CallEntries.NoAnswer.Name, CallEntries.Canceled.Name,
    ];

    public IReadOnlyList<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("insights_v1/FetchCall", request => Find(request, "Sid") is { } call ? Answer.Of(new Links(call.Sid)) : Answer.NotFound(request)),
        ("insights_v1/FetchSummary", Fetch),
        ("insights_v1/ListCallSummaries", List),
        ("insights_v1/ListEvent", Events),
        ("insights_v1/ListMetric", Metrics),
        (
            "insights_v1/FetchAnnotation",
            request => Find(request, "CallSid") is { } call ? Answer.Of(AnnotationOf(call) ?? Blank(call)) : Answer.NotFound(request)),
        ("insights_v1/UpdateAnnotation", Annotate),
    ];

    private DateTimeOffset Now => services.World.Clock.GetUtcNow();

    private Call? Find(RestRequest request, string name) => services.Book.Records(request.Account).Find(request.PathValues[name]);

    private CallSummary Sum(Call call) => new(call, AnnotationOf(call), services.World.Journal, Now);

    private CallAnnotation? AnnotationOf(Call call) => services.World.Store.Table(CallAnnotation.Table, call.Account).Find(call.Sid);

    private static CallAnnotation Blank(Call call) => new() { CallSid = call.Sid, Account = call.Account };

    private Answer Fetch(RestRequest request)
    {
        if (Find(request, "CallSid") is not { } call) return Answer.NotFound(request);
        var summary = Sum(call);
        return summary.IsComplete || request.Query["ProcessingState"] == "partial" ? Answer.Of(summary) : Answer.NotFound(request);
    }

    private Answer List(RestRequest request)
    {
        if (SummaryFilter.Read(request.Query, Now, out var wrong) is not { } filter) return Answer.Refuse(20001, wrong);
        var found =
            services.Book.Records(request.Account).NewestFirst(null).Where(filter.MayMatch).Select(Sum).Where(filter.Matches).ToList();
        if (filter.IsByEnd) found = [.. found.OrderByDescending(s => s.Call.EndTime ?? DateTimeOffset.MaxValue)];
        return new Answer.List(after =>
            found.SkipWhile(s => after is not null && s.Call.Sid != after).Skip(after is null ? 0 : 1).Select(s => (s.Call.Sid, (IFace)s)));
    }

    private Answer Events(RestRequest request)
    {
        if (Find(request, "CallSid") is not { } call) return Answer.NotFound(request);
        var summary = Sum(call);
        var edge = request.Query["Edge"];
        if (!string.IsNullOrEmpty(edge) && edge != CallStage.EdgeOf(summary)) return new Answer.List(static _ => []);
        return new Answer.List(after => services.World.Journal
            .After(after is null ? 0 : long.Parse(after, CultureInfo.InvariantCulture), new Selection(Subject: call.Sid))
            .Where(e => Progress.Contains(e.Kind))
            .Select(e => (e.Seq.ToString(CultureInfo.InvariantCulture), (IFace)new CallStage(e, summary))));
    }

    private Answer Metrics(RestRequest request)
    {
        if (Find(request, "CallSid") is not { } call) return Answer.NotFound(request);
        var (summary, query) = (Sum(call), request.Query);
        var selection = new Selection(CallEntries.Measured.Name, call.Sid);
        var samples = services.World.Journal.After(0, selection).Where(e => e.Data is SoundSample).ToList();
        if (samples.Count == 0)
        {
            services.World.Journal.Warn(
                call.Account, call.Sid, request.Cause,
                "metrics of a call were asked for, and there are none: they are of the packets of live phones (SIP), ten seconds each, "
                    + "and go with the "
                + "journal's oldest entries");
        }
        if (query["Edge"] is { Length: > 0 } edge && edge != CallStage.EdgeOf(summary)) samples = [];
        var wanted = query["Direction"] is { Length: > 0 } and not "both" ? query["Direction"] : null;
        var metrics = (
            from entry in samples
            from isInbound in (bool[])[true, false]
            let metric = new CallMetric(entry, ((SoundSample)entry.Data!).Sound, summary, isInbound)
            where wanted is null || wanted == metric.Direction
            select (Key: $"{entry.Seq}-{metric.Direction}", Face: (IFace)metric)).ToList();
        return new Answer.List(after => metrics.SkipWhile(m => after is not null && m.Key != after).Skip(after is null ? 0 : 1));
    }

    /// <summary>Notes what is given; the rest stays.</summary>
    /// <remarks>Words and types are judged by the document; the range of the score and the words of the issues by the page.</remarks>
    private Answer Annotate(RestRequest request)
    {
        if (Find(request, "CallSid") is not { } call) return Answer.NotFound(request);
        var (form, former) = (request.Form, AnnotationOf(call) ?? Blank(call));
        var issues = form["QualityIssues"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (issues?.FirstOrDefault(i => !CallAnnotation.Issues.Contains(i)) is { } unknown)
        {
            return Answer.Refuse(20001, $"Invalid QualityIssues: {unknown}");
        }
        int? score = form["CallScore"] is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
        if (score is < 1 or > 5) return Answer.Refuse(20001, $"Invalid CallScore: {score}; 1 to 5 are");
        var annotation = former with
        {
            AnsweredBy = form["AnsweredBy"] ?? former.AnsweredBy,
            ConnectivityIssue = form["ConnectivityIssue"] ?? former.ConnectivityIssue,
            QualityIssues = issues ?? former.QualityIssues,
            IsSpam = form["Spam"] is { Length: > 0 } spam ? spam.Equals("true", StringComparison.OrdinalIgnoreCase) : former.IsSpam,
            CallScore = score ?? former.CallScore,
            Comment = form["Comment"] ?? former.Comment,
            Incident = form["Incident"] ?? former.Incident,
        };
        services.World.Store.Put(CallAnnotation.Table, call.Account, annotation, InsightsEntries.Annotated, request.Cause);
        return Answer.Of(annotation);
    }

    private sealed class Links(string sid) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            var url = $"{to.BaseUrl}/v1/Voice/{sid}";
            switch (property)
            {
                case "sid": to.Write(sid); break;
                case "url": to.Write(url); break;
                case "links":
                    to.WriteLinks(
                        ("events", url + "/Events"), ("metrics", url + "/Metrics"), ("annotation", url + "/Annotation"),
                        ("summary", url + "/Summary"));
                    break;
            }
        }
    }
}
