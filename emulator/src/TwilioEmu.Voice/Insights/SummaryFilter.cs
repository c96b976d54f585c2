using System.Globalization;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Directory;

namespace TwilioEmu.Voice.Insights;

/// <summary>What a list of call summaries is narrowed to.</summary>
/// <remarks>
/// twilio.com/docs/voice/voice-insights/api/call/call-summaries-resource. What
/// is asked of brands and carriers fits no call: none is known here.
/// </remarks>
internal sealed class SummaryFilter
{
    private static readonly TimeSpan UsualSpan = TimeSpan.FromHours(4);

    /// <summary>Nothing here has these.</summary>
    private static readonly string[] Unknown =
    [
        "FromCarrier", "ToCarrier", "AbnormalSession", "BrandedEnabled",
        "VoiceIntegrityEnabled", "BrandedBundleSid", "BrandedType", "BrandedUseCase", "BrandedCallReason", "VoiceIntegrityBundleSid",
        "VoiceIntegrityUseCase", "BusinessProfileIdentity",
        "BusinessProfileIndustry", "BusinessProfileBundleSid", "BusinessProfileType",
    ];

    private static readonly string[] Annotations =
    [
        "AnsweredByAnnotation", "ConnectivityIssueAnnotation", "QualityIssueAnnotation", "SpamAnnotation", "CallScoreAnnotation",
    ];

    private readonly FormValues _query;
    private readonly DateTimeOffset _from;
    private readonly DateTimeOffset _until;

    private SummaryFilter(FormValues query, DateTimeOffset from, DateTimeOffset until) => (_query, _from, _until) = (query, from, until);

    /// <summary>True where the latest end comes first.</summary>
    public bool IsByEnd => _query["SortBy"] == "end_time";

    public static SummaryFilter? Read(FormValues query, DateTimeOffset now, out string wrong)
    {
        var (start, end) = (query["StartTime"], query["EndTime"]);
        var from = string.IsNullOrEmpty(start) ? now - UsualSpan : Instant(start, now);
        var until = string.IsNullOrEmpty(end) ? now : Instant(end, now);
        wrong = from is null ? $"Invalid StartTime: {start}" : until is null ? $"Invalid EndTime: {end}" : "";
        return from is { } first && until is { } last ? new SummaryFilter(query, first, last) : null;
    }

    /// <summary>By what costs nothing to look at.</summary>
    public bool MayMatch(Call call) =>
        (call.StartTime ?? call.DateCreated) is var start && start >= _from && start <= _until && Is("From", call.From) && Is("To", call.To)
        && !Unknown.Any(name => _query[name] is { Length: > 0 } wanted && wanted is not ("false" or "0"));

    public bool Matches(CallSummary summary) =>
        Has("CallType", summary.Type) && Has("CallState", summary.State) && Has("Direction", summary.Direction.Replace('-', '_'))
            && Has("AnsweredBy", summary.AnsweredBy)
        && Has("FromCountryCode", CallSummary.CountryOf(summary.Call.From)) && Has("ToCountryCode", CallSummary.CountryOf(summary.Call.To))
        && Annotations.All(name => _query[name] is not { Length: > 0 } wanted || summary.Annotation?.Says(name, wanted) == true)
        && (_query["HasTag"] is not "true")
        && (_query["VerifiedCaller"] is not { Length: > 0 } verified || (summary.IsVerified == true) == (verified == "true"))
        && (_query["ProcessingState"] switch
        {
            "all" or "started" => true,
            "partial" => !summary.IsComplete,
            _ => summary.IsComplete,
        });

    private bool Has(string name, string value) => _query[name] is not { Length: > 0 } wanted || wanted == value;

    private bool Is(string name, string address) =>
        _query[name] is not { Length: > 0 } wanted || (Address.IsOther(wanted) ? wanted : Address.ToE164(wanted) ?? wanted) == address;

    /// <summary><c>30m</c>, <c>4h</c>, <c>3d</c>, <c>1w</c> ago, or ISO 8601.</summary>
    private static DateTimeOffset? Instant(string text, DateTimeOffset now)
    {
        if (text.Length >= 2 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count <= 100_000)
        {
            TimeSpan? unit = text[^1] switch
            {
                'm' => TimeSpan.FromMinutes(1),
                'h' => TimeSpan.FromHours(1),
                'd' => TimeSpan.FromDays(1),
                'w' => TimeSpan.FromDays(7),
                _ => null,
            };
            if (unit is { } length) return now - (length * count);
        }
        return TwilioDates.TryParseFilter(text, out var first, out _) ? first : null;
    }
}
