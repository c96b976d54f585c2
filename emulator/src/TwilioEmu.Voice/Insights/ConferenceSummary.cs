using TwilioEmu.Rest.Faces;
using TwilioEmu.Voice.Conferences;

namespace TwilioEmu.Voice.Insights;

/// <summary>What became of a conference, as Voice Insights sums it up.</summary>
/// <remarks>
/// twilio.com/docs/voice/voice-insights/api/conference/conference-summary-resource. In progress until half an hour after
/// its end. Of the tags those are told that can come to be here: packets are measured of nobody. Made on the loop,
/// written off it. The number its members were limited to is the service's own (inferred: each may ask for another).
/// </remarks>
/// <param name="Conference">Its record.</param>
/// <param name="Stays">Who was in it.</param>
/// <param name="Started">When its members could talk; null for never.</param>
/// <param name="IsRecorded">True where the mix was recorded.</param>
/// <param name="Numbers">Of each call its person's number; its SID where that is known no more.</param>
/// <param name="Now">When it is asked for.</param>
internal sealed record ConferenceSummary(
    Conference Conference, IReadOnlyList<Stay> Stays, DateTimeOffset? Started, bool IsRecorded, IReadOnlyDictionary<string, string> Numbers,
    DateTimeOffset Now) : IFace
{
    public DateTimeOffset? Ended => Conference.Status == ConferenceStatus.Completed ? Conference.Updated : null;

    public string StatusWord => Conference.Status switch
    {
        ConferenceStatus.Completed => "completed",
        ConferenceStatus.InProgress => "in_progress",
        _ => "not_started",
    };

    public string? EndReason => Conference.Reason?.Replace('-', '_');

    public IReadOnlyList<string> Tags
    {
        get
        {
            var tags = new List<string>();
            if (Duplicates().Any()) tags.Add("duplicate_identity");
            if (Ended is null) return tags;
            if (Most >= 2 && Started is null) tags.Add("start_failure");
            if (Most < 2) tags.Add("no_concurrent_participants");
            return tags;
        }
    }

    private int Most => Stays.Select(s => s.Size).DefaultIfEmpty().Max();

    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "conference_sid": to.Write(Conference.Sid); break;
            case "account_sid": to.Write(Conference.Account.Value); break;
            case "friendly_name": to.Write(Conference.FriendlyName); break;
            case "create_time": to.Write(Conference.Created); break;
            case "start_time": to.Write(Started); break;
            case "end_time": to.Write(Ended); break;
            case "duration_seconds" when Ended is { } end: to.Write(CallSummary.Seconds(end - Conference.Created)); break;
            case "connect_duration_seconds" when Ended is { } end:
                to.Write(Started is { } start ? CallSummary.Seconds(end - start) : 0);
                break;
            case "status": to.Write(StatusWord); break;
            case "max_participants": to.Write(Conference.MaxMembers); break;
            case "max_concurrent_participants": to.Write(Most); break;
            case "unique_participants": to.Write(Stays.Select(s => Numbers[s.CallSid]).Distinct().Count()); break;
            case "end_reason": to.Write(EndReason); break;
            case "ended_by": to.Write(Conference.EndingCallSid); break;
            case "mixer_region" or "mixer_region_requested": to.Write(Conference.Region); break;
            case "recording_enabled": to.Write(IsRecorded); break;
            case "detected_issues":
                to.Json.WriteStartObject();
                to.Json.WriteNumber("call_quality", 0);
                to.Json.WriteNumber("participant_behavior", Tags.Count);
                to.Json.WriteNumber("region_configuration", 0);
                to.Json.WriteEndObject();
                break;
            case "tags":
                to.Json.WriteStartArray();
                foreach (var tag in Tags) to.Json.WriteStringValue(tag);
                to.Json.WriteEndArray();
                break;
            case "tag_info": WriteTagInfo(to); break;
            case "processing_state":
                to.Write(Ended is { } over && Now >= over + CallSummary.CompleteAfter ? "complete" : "in_progress");
                break;
            case "url": to.Write(UrlOf(to, Conference.Sid)); break;
            case "links": to.WriteLinks(("participants", UrlOf(to, Conference.Sid) + "/Participants")); break;
            default: to.Json.WriteNullValue(); break;
        }
    }

    public static string UrlOf(FaceWriter to, string sid) => $"{to.BaseUrl}/v1/Conferences/{sid}";

    /// <summary>Numbers from which several calls were in at a time.</summary>
    private IEnumerable<IGrouping<string, Stay>> Duplicates() => Stays.GroupBy(s => Numbers[s.CallSid])
        .Where(
            g => g.Any(
                a => g.Any(b => b.CallSid != a.CallSid && b.Entry.At >= a.Entry.At && (a.Left is not { } left || b.Entry.At < left))));

    private void WriteTagInfo(FaceWriter to)
    {
        to.Json.WriteStartObject();
        var all = Duplicates().ToList();
        if (all.Count > 0)
        {
            to.Json.WriteStartArray("duplicate_identity");
            foreach (var who in all)
            {
                to.Json.WriteStartObject();
                to.Json.WriteString("participant_identity", who.Key);
                to.Json.WriteStartArray("participant_sids");
                foreach (var stay in who) to.Json.WriteStringValue(stay.Sid);
                to.Json.WriteEndArray();
                to.Json.WriteEndObject();
            }
            to.Json.WriteEndArray();
        }
        to.Json.WriteEndObject();
    }
}
