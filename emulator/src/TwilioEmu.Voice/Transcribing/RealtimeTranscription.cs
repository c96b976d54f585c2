using System.Text.Json;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Voice.Transcribing;

/// <summary>A call's words being told while they are spoken: the resource.</summary>
/// <remarks>twilio.com/docs/voice/api/realtime-transcription-resource.</remarks>
internal sealed record RealtimeTranscription : IRecord, IFace
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<RealtimeTranscription> Form = new("realtime_transcription", static (r, m) => new RealtimeTranscription
    {
        Sid = m.Text("sid", r?.Sid),
        Account = m.Account("account_sid", r?.Account),
        CallSid = m.Text("call_sid", r?.CallSid),
        Name = m.TextOrNull("name", r?.Name),
        DateUpdated = m.Instant("date_updated", r?.DateUpdated),
        IsStopped = m.Flag("is_stopped", r?.IsStopped),
    });

    public static readonly TableKey<RealtimeTranscription> Table = new("realtime_transcriptions", Form);

    public required string Sid { get; init; }

    public required AccountSid Account { get; init; }

    public required string CallSid { get; init; }

    /// <summary>By which it is stopped; null for none.</summary>
    public string? Name { get; init; }

    public required DateTimeOffset DateUpdated { get; init; }

    public bool IsStopped { get; init; }

    public string Key => Sid;

    public bool IsSettled => IsStopped;

    private string StatusWord => IsStopped ? "stopped" : "in-progress";

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("status", StatusWord);
        json.WriteString("call_sid", CallSid);
        if (Name is not null) json.WriteString("name", Name);
    }

    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "sid": to.Write(Sid); break;
            case "account_sid": to.Write(Account.Value); break;
            case "call_sid": to.Write(CallSid); break;
            case "name": to.Write(Name); break;
            case "status": to.Write(StatusWord); break;
            case "date_updated": to.Write(DateUpdated); break;
            case "uri": to.Write($"/2010-04-01/Accounts/{Account}/Calls/{CallSid}/Transcriptions/{Sid}.json"); break;
        }
    }
}
