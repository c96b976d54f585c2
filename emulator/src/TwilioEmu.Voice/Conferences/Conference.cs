using System.Text.Json;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Voice.Conferences;

/// <summary>Where a conference is in its life.</summary>
internal enum ConferenceStatus
{
    /// <summary>Its members wait for it to begin.</summary>
    Init,
    InProgress,
    Completed,
}

/// <summary>A conference as the Conference resource keeps it; who is in it is in its <see cref="ConferenceRoom"/>.</summary>
/// <remarks>twilio.com/docs/voice/api/conference-resource.</remarks>
internal sealed record Conference : IRecord, IFace
{
    private static readonly Words<ConferenceStatus> Words = new(
        (ConferenceStatus.Init, "init"), (ConferenceStatus.InProgress, "in-progress"), (ConferenceStatus.Completed, "completed"));

    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<Conference> Form = new("conference", static (r, m) => new Conference
    {
        Sid = m.Text("sid", r?.Sid),
        Account = m.Account("account_sid", r?.Account),
        FriendlyName = m.Text("friendly_name", r?.FriendlyName),
        Created = m.Instant("date_created", r?.Created),
        Updated = m.Instant("date_updated", r?.Updated),
        Status = m.Word("status", r?.Status, Words),
        Region = m.Text("region", r?.Region),
        Reason = m.TextOrNull("reason", r?.Reason),
        EndingCallSid = m.TextOrNull("ending_call_sid", r?.EndingCallSid),
    });

    public static readonly TableKey<Conference> Table = new("conferences", Form);

    public const int MaxNameLength = 128;

    /// <summary>Members at most, unless told less (twilio.com/docs/voice/twiml/conference#attributes-max-participants).</summary>
    public const int MaxMembers = 250;

    public required string Sid { get; init; }

    public required AccountSid Account { get; init; }

    public required string FriendlyName { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset Updated { get; init; }

    public ConferenceStatus Status { get; init; }

    public string Region { get; init; } = "us1";

    /// <summary>As the resource spells it: <c>last-participant-left</c>; null while it goes on.</summary>
    public string? Reason { get; init; }

    /// <summary>The call whose leaving ended it; null where none did.</summary>
    public string? EndingCallSid { get; init; }

    public string Key => Sid;

    public bool IsSettled => Status == ConferenceStatus.Completed;

    public string StatusWord => Words.Spell(Status);

    /// <summary>True for a word that a status is spelt by.</summary>
    public static bool IsStatus(string word) => Words.TryRead(word, out _);

    private string Path => $"/2010-04-01/Accounts/{Account}/Conferences/{Sid}";

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("friendly_name", FriendlyName);
        json.WriteString("status", StatusWord);
        if (Reason is not null) json.WriteString("reason", Reason);
        if (EndingCallSid is not null) json.WriteString("call_sid", EndingCallSid);
    }

    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "sid": to.Write(Sid); break;
            case "account_sid": to.Write(Account.Value); break;
            case "friendly_name": to.Write(FriendlyName); break;
            case "date_created": to.Write(Created); break;
            case "date_updated": to.Write(Updated); break;
            case "api_version": to.Write("2010-04-01"); break;
            case "region": to.Write(Region); break;
            case "status": to.Write(StatusWord); break;
            case "reason_conference_ended": to.Write(Reason); break;
            case "call_sid_ending_conference": to.Write(EndingCallSid); break;
            case "uri": to.Write(Path + ".json"); break;
            case "subresource_uris":
                to.WriteLinks(("participants", Path + "/Participants.json"), ("recordings", Path + "/Recordings.json"));
                break;
        }
    }
}
