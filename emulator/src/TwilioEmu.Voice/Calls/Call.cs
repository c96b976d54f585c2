using System.Globalization;
using System.Text.Json;
using TwilioEmu.Accounts.Billing;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Voice.Calls;

/// <summary>One leg as Twilio's Call resource: what is known of it now.</summary>
internal sealed record Call : IRecord, IFace, IBillable
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<Call> Form = new("call", static (r, m) => new Call
    {
        Sid = m.Text("sid", r?.Sid),
        Account = m.Account("account_sid", r?.Account),
        From = m.Text("from", r?.From),
        To = m.Text("to", r?.To),
        Direction = m.Word("direction", r?.Direction, CallDirections.Words),
        Status = m.Word("status", r?.Status, CallStatuses.Words),
        DateCreated = m.Instant("date_created", r?.DateCreated),
        DateUpdated = m.Instant("date_updated", r?.DateUpdated),
        ParentCallSid = m.TextOrNull("parent_call_sid", r?.ParentCallSid),
        TrunkSid = m.TextOrNull("trunk_sid", r?.TrunkSid),
        PhoneNumberSid = m.TextOrNull("phone_number_sid", r?.PhoneNumberSid),
        ApplicationSid = m.TextOrNull("application_sid", r?.ApplicationSid),
        CallerName = m.TextOrNull("caller_name", r?.CallerName),
        ForwardedFrom = m.TextOrNull("forwarded_from", r?.ForwardedFrom),
        StirVerstat = m.TextOrNull("stir_verstat", r?.StirVerstat),
        AnsweredBy = m.TextOrNull("answered_by", r?.AnsweredBy),
        DetectionTime = m.Span("detection_time", r?.DetectionTime),
        StartTime = m.InstantOrNull("start_time", r?.StartTime),
        AnswerTime = m.InstantOrNull("answer_time", r?.AnswerTime),
        EndTime = m.InstantOrNull("end_time", r?.EndTime),
        QueueTime = m.Span("queue_time", r?.QueueTime),
        Price = m.NumberOrNull("price", r?.Price),
        EndedBy = m.TextOrNull("ended_by", r?.EndedBy),
        SipStatus = m.NumberOrNull("sip_status", r?.SipStatus),
        Sound = m.PartOrNull("sound", r?.Sound, LegSound.Walk),
    });

    public static readonly TableKey<Call> Table = new("calls", Form);

    private static readonly TimeSpan RatingTime = TimeSpan.FromSeconds(5);

    // Sub-resources in the order live resources list them (twilio.com/docs/voice/api/call-resource).
    private static readonly (string Name, string Path)[] Subresources =
    [
        ("notifications", "Notifications"), ("recordings", "Recordings"), ("payments", "Payments"), ("events", "Events"),
        ("siprec", "Siprec"),
        ("streams", "Streams"), ("transcriptions", "Transcriptions"),
        ("user_defined_message_subscriptions", "UserDefinedMessageSubscriptions"), ("user_defined_messages", "UserDefinedMessages"),
    ];

    /// <summary>A call that the REST API asked for, as it waits for its slot.</summary>
    /// <param name="world">Names and dates it.</param>
    /// <param name="account">Whose it is.</param>
    /// <param name="from">Shown to who is called.</param>
    /// <param name="to">Who is called.</param>
    public static Call Queued(World world, AccountSid account, string from, string to)
    {
        var now = world.Clock.GetUtcNow();
        return new Call
        {
            Sid = world.Sids.New("CA"),
            Account = account,
            From = from,
            To = to,
            Direction = CallDirection.OutboundApi,
            Status = CallStatus.Queued,
            DateCreated = now,
            DateUpdated = now,
        };
    }

    public required string Sid { get; init; }

    public required AccountSid Account { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    public required CallDirection Direction { get; init; }

    public required CallStatus Status { get; init; }

    public required DateTimeOffset DateCreated { get; init; }

    public DateTimeOffset DateUpdated { get; init; }

    /// <summary>The call whose <c>&lt;Dial&gt;</c> made this one.</summary>
    public string? ParentCallSid { get; init; }

    /// <summary>The Elastic SIP Trunk it goes through; null for none.</summary>
    public string? TrunkSid { get; init; }

    /// <summary>The owned number: dialled by an inbound call, shown by an outbound one.</summary>
    public string? PhoneNumberSid { get; init; }

    /// <summary>The TwiML App that handles it; null for none.</summary>
    public string? ApplicationSid { get; init; }

    /// <summary>The caller's name, looked up for a number that wants it (<c>VoiceCallerIdLookup</c>); null for none.</summary>
    public string? CallerName { get; init; }

    /// <summary>The number that was called first and sent the call on, by its carrier's word; null where no carrier says so.</summary>
    public string? ForwardedFrom { get; init; }

    /// <summary>How far the caller's number was proved (SHAKEN/STIR); null where the call was not signed.</summary>
    public string? StirVerstat { get; init; }

    /// <summary>What machine detection found: <c>human</c>, <c>machine_start</c>, ...; null while it has not.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>How long it took to find that.</summary>
    public TimeSpan DetectionTime { get; init; }

    /// <summary>When it was dialled, or came in.</summary>
    public DateTimeOffset? StartTime { get; init; }

    public DateTimeOffset? AnswerTime { get; init; }

    public DateTimeOffset? EndTime { get; init; }

    /// <summary>
    /// <c>party</c> where the person at its end hung up or refused, <c>emulator</c> for a document, REST or a limit; null while it goes on.
    /// </summary>
    public string? EndedBy { get; init; }

    /// <summary>
    /// The final response to its INVITE, 200 of one that was answered; null while it goes on, and where it never went out.
    /// </summary>
    public int? SipStatus { get; init; }

    /// <summary>How long it was expected to wait for its slot, when it was made.</summary>
    public TimeSpan QueueTime { get; init; }

    /// <summary>
    /// What it cost, as <see cref="Accounts.Billing.Price"/> keeps it; null while it goes on, and for ever when it was not answered.
    /// </summary>
    public int? Price { get; init; }

    /// <summary>What was measured of its sound; null while it goes on, and for a phone that is no live one.</summary>
    public LegSound? Sound { get; init; }

    public string Key => Sid;

    public DateTimeOffset? Since => DateCreated;

    public bool IsSettled => Status.IsFinal();

    /// <summary>From answer to end in started seconds (rounding inferred), null until the end.</summary>
    public int? DurationSeconds =>
        EndTime is not { } end ? null : AnswerTime is { } answer ? (int)Math.Ceiling((end - answer).TotalSeconds) : 0;

    /// <summary>Minutes as they are billed: each that was begun.</summary>
    public int StartedMinutes => ((DurationSeconds ?? 0) + 59) / 60;

    public string Uri => $"/2010-04-01/Accounts/{Account}/Calls/{Sid}.json";

    /// <summary>The call as REST shows it at an instant: a price is known only some time after the end.</summary>
    /// <remarks>twilio.com/docs/voice/api/call-resource (price); how long it takes is inferred.</remarks>
    public Call SeenAt(DateTimeOffset now) => Price is not null && now < EndTime + RatingTime ? this with { Price = null } : this;

    /// <inheritdoc/>
    public Charge? ChargeFor(string kind)
    {
        if (Price is not { } price || kind != CallEntries.Completed.Name) return null;
        var ours = Direction == CallDirection.Inbound ? To : From;
        var theirs = Direction == CallDirection.Inbound ? From : To;
        var category = theirs.StartsWith("client:", StringComparison.Ordinal) ? "calls-client"
            : theirs.StartsWith("sip:", StringComparison.Ordinal)
                ? Direction == CallDirection.Inbound ? "calls-sip-inbound" : "calls-sip-outbound"
            : Direction != CallDirection.Inbound ? "calls-outbound"
            : NumberKinds.Of(ours) == NumberKind.TollFree ? "calls-inbound-tollfree"
            : "calls-inbound-local";
        return new Charge(category, 1, StartedMinutes, Accounts.Billing.Price.InDollars(price));
    }

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("status", Status.Word());
        json.WriteString("direction", Direction.Word());
        json.WriteString("from", From);
        json.WriteString("to", To);
        if (ParentCallSid is not null) json.WriteString("parent_call_sid", ParentCallSid);
        if (ForwardedFrom is not null) json.WriteString("forwarded_from", ForwardedFrom);
        if (StirVerstat is not null) json.WriteString("stir_verstat", StirVerstat);
        if (Status == CallStatus.Queued) json.WriteNumber("queue_time", QueueTime.TotalSeconds);
        if (DurationSeconds is { } seconds) json.WriteNumber("duration", seconds);
        if (EndedBy is not null) json.WriteString("ended_by", EndedBy);
        if (AnsweredBy is null) return;
        json.WriteString("answered_by", AnsweredBy);
        json.WriteNumber("detection_time", DetectionTime.TotalSeconds);
    }

    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "sid": to.Write(Sid); break;
            case "account_sid": to.Write(Account.Value); break;
            case "parent_call_sid": to.Write(ParentCallSid); break;
            case "phone_number_sid": to.Write(PhoneNumberSid); break;
            case "from": to.Write(From); break;
            case "from_formatted": to.Write(E164.ToNational(From)); break;
            case "to": to.Write(To); break;
            case "to_formatted": to.Write(E164.ToNational(To)); break;
            case "status": to.Write(Status.RestWord()); break;
            case "direction": to.Write(Direction.Word()); break;
            case "date_created": to.Write(DateCreated); break;
            case "date_updated": to.Write(DateUpdated); break;
            case "start_time": to.Write(StartTime); break;
            case "end_time": to.Write(EndTime); break;
            case "duration": to.Write(DurationSeconds?.ToString(CultureInfo.InvariantCulture)); break;
            case "queue_time": to.WriteQuoted((long)QueueTime.TotalMilliseconds); break;
            case "answered_by": to.Write(AnsweredBy); break;
            case "caller_name": to.Write(CallerName); break;
            case "forwarded_from": to.Write(ForwardedFrom); break;
            case "trunk_sid": to.Write(TrunkSid); break;
            case "price": to.Write(Accounts.Billing.Price.Spell(Price)); break;
            case "price_unit": to.Write("USD"); break;
            case "api_version": to.Write("2010-04-01"); break;
            case "uri": to.Write(Uri); break;
            case "subresource_uris": WriteSubresources(to.Json); break;
                // The rest is null until something here knows it: group_sid, ...
        }
    }

    private void WriteSubresources(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var (name, path) in Subresources) json.WriteString(name, $"/2010-04-01/Accounts/{Account}/Calls/{Sid}/{path}.json");
        json.WriteEndObject();
    }
}
