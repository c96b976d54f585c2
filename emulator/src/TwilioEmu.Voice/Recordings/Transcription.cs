using System.Globalization;
using System.Text.Json;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Voice.Recordings;

/// <summary>Where a transcription is.</summary>
internal enum TranscriptionStatus
{
    InProgress,
    Completed,
    Failed,
}

/// <summary>What was said in a recording, in writing (twilio.com/docs/voice/api/recording-transcription).</summary>
internal sealed record Transcription : IRecord, IFace
{
    private static readonly Words<TranscriptionStatus> Words = new(
        (TranscriptionStatus.InProgress, "in-progress"), (TranscriptionStatus.Completed, "completed"),
        (TranscriptionStatus.Failed, "failed"));

    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<Transcription> Form = new("transcription", static (r, m) => new Transcription
    {
        Sid = m.Text("sid", r?.Sid),
        Account = m.Account("account_sid", r?.Account),
        RecordingSid = m.Text("recording_sid", r?.RecordingSid),
        Status = m.Word("status", r?.Status, Words),
        DateCreated = m.Instant("date_created", r?.DateCreated),
        DateUpdated = m.Instant("date_updated", r?.DateUpdated),
        Seconds = m.Number("duration", r?.Seconds),
        Text = m.Text("transcription_text", r?.Text),
    });

    public static readonly TableKey<Transcription> Table = new("transcriptions", Form);

    public required string Sid { get; init; }

    public required AccountSid Account { get; init; }

    public required string RecordingSid { get; init; }

    public required TranscriptionStatus Status { get; init; }

    public required DateTimeOffset DateCreated { get; init; }

    public required DateTimeOffset DateUpdated { get; init; }

    /// <summary>Of the recording, in seconds.</summary>
    public required int Seconds { get; init; }

    public string Text { get; init; } = "";

    public string Key => Sid;

    public bool IsSettled => Status != TranscriptionStatus.InProgress;

    public string StatusWord => Words.Spell(Status);

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("status", StatusWord);
        json.WriteString("recording_sid", RecordingSid);
        if (Text.Length > 0) json.WriteString("text", Text);
    }

    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "sid": to.Write(Sid); break;
            case "account_sid": to.Write(Account.Value); break;
            case "api_version": to.Write("2010-04-01"); break;
            case "date_created": to.Write(DateCreated); break;
            case "date_updated": to.Write(DateUpdated); break;
            case "duration": to.Write(Seconds.ToString(CultureInfo.InvariantCulture)); break;
            case "price_unit": to.Write("USD"); break;
            case "recording_sid": to.Write(RecordingSid); break;
            case "status": to.Write(StatusWord); break;
            case "transcription_text": to.Write(IsSettled ? Text : null); break;
            // Seen on live traffic (inferred).
            case "type": to.Write("fast"); break;
            case "uri": to.Write($"/2010-04-01/Accounts/{Account}/Transcriptions/{Sid}.json"); break;
        }
    }
}

/// <summary>What the journal tells of transcriptions; the subject is the TranscriptionSid.</summary>
public static class TranscriptionEntries
{
    public static readonly EntryKind Started = Kind("transcription.started", "the words of a recording are being written down");

    public static readonly EntryKind Completed = Kind("transcription.completed", "the words of a recording are written down");

    public static readonly EntryKind Failed = Kind("transcription.failed", "a recording was too short or too long to be written down");

    public static readonly EntryKind Deleted = Kind("transcription.deleted", "a transcription was deleted");

    public static IReadOnlyList<EntryKind> All { get; } = [Started, Completed, Failed, Deleted];

    private static EntryKind Kind(string name, string means) => new(name, means, "status", "recording_sid", "text");
}
