using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using TwilioEmu.Accounts.Billing;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Media.Rendering;
using TwilioEmu.Media.Score;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Voice.Recordings;

/// <summary>A recording: what is known of it, and the score it is made of.</summary>
/// <remarks>
/// It holds no samples. Tracks are append-only, so what lies between two instants of the past stays as it was: the same bytes whenever they
/// are rendered. What a live leg said lasts as long as its spool.
/// </remarks>
internal sealed record Recording : IRecord, IFace, IBillable
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<Recording> Form = new("recording", static (r, m) => new Recording
    {
        Sid = m.Text("sid", r?.Sid),
        Account = m.Account("account_sid", r?.Account),
        CallSid = m.TextOrNull("call_sid", r?.CallSid),
        ConferenceSid = m.TextOrNull("conference_sid", r?.ConferenceSid),
        Source = m.Word("source", r?.Source, RecordingWords.Sources),
        Status = m.Word("status", r?.Status, RecordingWords.Statuses),
        Channels = m.Number("channels", r?.Channels),
        Track = m.Text("track", r?.Track),
        StartTime = m.Instant("start_time", r?.StartTime),
        DateUpdated = m.Instant("date_updated", r?.DateUpdated),
        Length = m.SpanOrNull("duration", r?.Length),
        ErrorCode = m.NumberOrNull("error_code", r?.ErrorCode),
        Stretches =
        [
            .. m.List<Stretch>(
                "stretches", r?.Stretches,
                static (s, m) => new Stretch(m.Instant("from", s.From), m.Instant("until", s.Until), m.Flag("silent", s.IsSilent))),
        ],
    })
    {
        IsWhole = false,
    };

    public static readonly TableKey<Recording> Table = new("recordings", Form);

    // US dollars a started minute (twilio.com/en-us/voice/pricing/us: recordings).
    private const decimal MinutePrice = 0.0025m;

    public required string Sid { get; init; }

    public required AccountSid Account { get; init; }

    /// <summary>Null for a conference's own.</summary>
    public string? CallSid { get; init; }

    public string? ConferenceSid { get; init; }

    public required RecordingSource Source { get; init; }

    public required RecordingStatus Status { get; init; }

    public required int Channels { get; init; }

    /// <summary><c>inbound</c>, <c>outbound</c> or <c>both</c>.</summary>
    public required string Track { get; init; }

    public required DateTimeOffset StartTime { get; init; }

    public required DateTimeOffset DateUpdated { get; init; }

    /// <summary>How long it is, or is so far when it has been stopped; null while it goes on.</summary>
    public TimeSpan? Length { get; init; }

    /// <summary>Why it is absent; null otherwise.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>What each channel sounds like.</summary>
    public ImmutableArray<Track> Sound { get; init; } = [];

    /// <summary>
    /// The same in two channels, where a file of one may be had in two as well: a conference's (measured). Empty for none.
    /// </summary>
    public ImmutableArray<Track> Apart { get; init; } = [];

    /// <summary>What of it is in the file, in order.</summary>
    public ImmutableArray<Stretch> Stretches { get; init; } = [];

    public string Key => Sid;

    public bool IsSettled => Status is RecordingStatus.Completed or RecordingStatus.Absent or RecordingStatus.Deleted;

    /// <summary>Whole seconds, rounded up (inferred); null while it goes on.</summary>
    public int? Seconds => Length is { } length ? (int)Math.Ceiling(length.TotalSeconds) : null;

    /// <summary>Without an extension, below the API's root.</summary>
    public string Path => $"/2010-04-01/Accounts/{Account}/Recordings/{Sid}";

    private int? ChargedPrice =>
        Status is RecordingStatus.Completed or RecordingStatus.Deleted && Minutes > 0 ? Price.Of(Minutes * MinutePrice) : null;

    private int Minutes => ((Seconds ?? 0) + 59) / 60;

    /// <summary>Several tracks heard as one.</summary>
    public static Track Together(string sid, DateTimeOffset from, IReadOnlyList<Track> sound)
    {
        var mono = new Track(new TrackId(sid));
        for (var lane = 0; lane < sound.Count; lane++) mono.Put(new Cue(from, lane, new Source.Of(sound[lane])));
        return mono;
    }

    /// <inheritdoc/>
    public Charge? ChargeFor(string kind) =>
        kind == RecordingEntries.Completed.Name && ChargedPrice is { } price
            ? new Charge("calls-recordings", 1, Minutes, Price.InDollars(price))
            : null;

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("status", Status.Word());
        if (CallSid is not null) json.WriteString("call_sid", CallSid);
        if (ConferenceSid is not null) json.WriteString("conference_sid", ConferenceSid);
        json.WriteString("source", Source.Word());
        json.WriteNumber("channels", Channels);
        json.WriteString("track", Track);
        if (Length is { } length) json.WriteNumber("duration", length.TotalSeconds);
    }

    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "sid": to.Write(Sid); break;
            case "account_sid": to.Write(Account.Value); break;
            case "call_sid": to.Write(CallSid); break;
            case "conference_sid": to.Write(ConferenceSid); break;
            case "api_version": to.Write("2010-04-01"); break;
            case "date_created": to.Write(StartTime); break;
            case "date_updated": to.Write(DateUpdated); break;
            case "start_time": to.Write(StartTime); break;
            // Known when it is ready; -1 of older APIs is not shown any more (twilio.com/docs/voice/api/recording).
            case "duration": to.Write(IsSettled ? Seconds?.ToString(CultureInfo.InvariantCulture) : null); break;
            case "price": to.Write(Price.Spell(ChargedPrice)); break;
            case "price_unit": to.Write("USD"); break;
            case "status": to.Write(Status.Word()); break;
            case "channels": to.Write(Channels); break;
            case "source": to.Write(Source.Word()); break;
            case "error_code": if (ErrorCode is { } code) to.Write(code); break;
            case "track": to.Write(Track); break;
            case "uri": to.Write($"{Path}.json"); break;
            case "media_url": to.Write(to.BaseUrl + Path); break;
            case "subresource_uris":
                to.Json.WriteStartObject();
                to.Json.WriteString("add_on_results", $"{Path}/AddOnResults.json");
                to.Json.WriteString("transcriptions", $"{Path}/Transcriptions.json");
                to.Json.WriteEndObject();
                break;
                // encryption_details is null: recordings are never encrypted here.
        }
    }
}
