using System.Globalization;
using System.Text.Json;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Voice.Insights;

/// <summary>
/// What somebody noted of a call: who answered, how it was. A call that nobody noted anything of has one that knows nothing (inferred).
/// </summary>
/// <remarks>twilio.com/docs/voice/voice-insights/api/call/call-annotation-resource.</remarks>
internal sealed record CallAnnotation : IRecord, IFace
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<CallAnnotation> Form = new("call_annotation", static (r, m) => new CallAnnotation
    {
        CallSid = m.Text("call_sid", r?.CallSid),
        Account = m.Account("account_sid", r?.Account),
        AnsweredBy = m.Text("answered_by", r?.AnsweredBy),
        ConnectivityIssue = m.Text("connectivity_issue", r?.ConnectivityIssue),
        QualityIssues = m.Texts("quality_issues", r?.QualityIssues),
        IsSpam = m.FlagOrNull("spam", r?.IsSpam),
        CallScore = m.NumberOrNull("call_score", r?.CallScore),
        Comment = m.TextOrNull("comment", r?.Comment),
        Incident = m.TextOrNull("incident", r?.Incident),
    });

    public static readonly TableKey<CallAnnotation> Table = new("call_annotations", Form);

    /// <summary>What <c>QualityIssues</c> may name, between commas.</summary>
    public static IReadOnlyList<string> Issues { get; } =
    [
        "unknown_quality_issue", "no_quality_issue", "low_volume", "choppy_robotic", "echo", "dtmf", "latency", "owa", "static_noise",
    ];

    public required string CallSid { get; init; }

    public required AccountSid Account { get; init; }

    public string AnsweredBy { get; init; } = "unknown_answered_by";

    public string ConnectivityIssue { get; init; } = "unknown_connectivity_issue";

    public IReadOnlyList<string> QualityIssues { get; init; } = [];

    /// <summary>Null where nobody said.</summary>
    public bool? IsSpam { get; init; }

    /// <summary>1 (bad) to 5 (excellent).</summary>
    public int? CallScore { get; init; }

    public string? Comment { get; init; }

    public string? Incident { get; init; }

    public string Key => CallSid;

    public bool IsSettled => true;

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("answered_by", AnsweredBy);
        json.WriteString("connectivity_issue", ConnectivityIssue);
        json.WriteString("quality_issues", string.Join(',', QualityIssues));
        if (IsSpam is { } spam) json.WriteBoolean("spam", spam);
        if (CallScore is { } score) json.WriteNumber("call_score", score);
        if (Comment is not null) json.WriteString("comment", Comment);
        if (Incident is not null) json.WriteString("incident", Incident);
    }

    /// <summary>As a summary shows it.</summary>
    public void WriteIn(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("answered_by", AnsweredBy);
        json.WriteString("connectivity_issue", ConnectivityIssue);
        WriteIssues(json, "quality_issues");
        if (IsSpam is { } spam) json.WriteBoolean("spam", spam);
        else json.WriteNull("spam");
        if (CallScore is { } score) json.WriteNumber("call_score", score);
        else json.WriteNull("call_score");
        json.WriteString("comment", Comment);
        json.WriteString("incident", Incident);
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "call_sid": to.Write(CallSid); break;
            case "account_sid": to.Write(Account.Value); break;
            case "answered_by": to.Write(AnsweredBy); break;
            case "connectivity_issue": to.Write(ConnectivityIssue); break;
            case "quality_issues": WriteIssues(to.Json, null); break;
            case "spam" when IsSpam is { } spam: to.Write(spam); break;
            case "call_score" when CallScore is { } score: to.Write(score); break;
            case "comment": to.Write(Comment); break;
            case "incident": to.Write(Incident); break;
            case "url": to.Write($"{to.BaseUrl}/v1/Voice/{CallSid}/Annotation"); break;
            default: to.Json.WriteNullValue(); break;
        }
    }

    /// <summary>True where it says what a list of summaries is narrowed to.</summary>
    public bool Says(string name, string wanted) => name switch
    {
        "AnsweredByAnnotation" => AnsweredBy == wanted,
        "ConnectivityIssueAnnotation" => ConnectivityIssue == wanted,
        "QualityIssueAnnotation" => wanted.Split(',').All(w => QualityIssues.Contains(w.Trim())),
        "SpamAnnotation" => (IsSpam == true) == wanted.Equals("true", StringComparison.OrdinalIgnoreCase),
        "CallScoreAnnotation" => CallScore?.ToString(CultureInfo.InvariantCulture) == wanted,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such annotation"),
    };

    private void WriteIssues(Utf8JsonWriter json, string? name)
    {
        if (name is null) json.WriteStartArray();
        else json.WriteStartArray(name);
        foreach (var issue in QualityIssues) json.WriteStringValue(issue);
        json.WriteEndArray();
    }
}

/// <summary>What the journal tells of Voice Insights.</summary>
public static class InsightsEntries
{
    public static readonly EntryKind Annotated = new(
        "call.annotated", "somebody noted how a call was", "answered_by", "connectivity_issue", "quality_issues", "spam", "call_score",
        "comment", "incident");

    public static IReadOnlyList<EntryKind> All { get; } = [Annotated];
}
