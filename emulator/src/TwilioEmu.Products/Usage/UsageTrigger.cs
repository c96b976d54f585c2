using System.Text.Json;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Products.Usage;

/// <summary>A webhook that is called when usage passes a value.</summary>
/// <remarks>twilio.com/docs/usage/api/usage-trigger.</remarks>
internal sealed record UsageTrigger : IRecord, IFace
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<UsageTrigger> Form = new("usage_trigger", static (r, m) => new UsageTrigger
    {
        Sid = m.Text("sid", r?.Sid),
        Account = m.Account("account_sid", r?.Account),
        Category = m.Text("usage_category", r?.Category),
        TriggerBy = m.Text("trigger_by", r?.TriggerBy),
        TriggerValue = m.Money("trigger_value", r?.TriggerValue),
        Recurring = m.Text("recurring", r?.Recurring),
        CallbackUrl = m.Text("callback_url", r?.CallbackUrl),
        CallbackMethod = m.Text("callback_method", r?.CallbackMethod),
        FriendlyName = m.Text("friendly_name", r?.FriendlyName),
        DateCreated = m.Instant("date_created", r?.DateCreated),
        DateUpdated = m.Instant("date_updated", r?.DateUpdated),
        DateFired = m.InstantOrNull("date_fired", r?.DateFired),
        FiredIn = m.DayOrNull("fired_in", r?.FiredIn),
        CurrentValue = m.Money("current_value", r?.CurrentValue),
    });

    public static readonly TableKey<UsageTrigger> Table = new("usage_triggers", Form);

    public required string Sid { get; init; }

    public required AccountSid Account { get; init; }

    public required string Category { get; init; }

    /// <summary><c>count</c>, <c>usage</c> or <c>price</c>.</summary>
    public required string TriggerBy { get; init; }

    public required decimal TriggerValue { get; init; }

    /// <summary><c>daily</c>, <c>monthly</c>, <c>yearly</c>: once in each; <c>alltime</c>: once.</summary>
    public required string Recurring { get; init; }

    public required string CallbackUrl { get; init; }

    public required string CallbackMethod { get; init; }

    public required string FriendlyName { get; init; }

    public required DateTimeOffset DateCreated { get; init; }

    public required DateTimeOffset DateUpdated { get; init; }

    /// <summary>When it last fired; null for never.</summary>
    public DateTimeOffset? DateFired { get; init; }

    /// <summary>The first day of the period it last fired in.</summary>
    public DateOnly? FiredIn { get; init; }

    /// <summary>As of when it is shown; filled in by who shows it.</summary>
    public decimal CurrentValue { get; init; }

    public string Key => Sid;

    // A trigger stays until it is deleted.
    public bool IsSettled => false;

    public string Uri => $"/2010-04-01/Accounts/{Account.Value}/Usage/Triggers/{Sid}.json";

    /// <summary>The usage record it watches.</summary>
    public string RecordUri => $"/2010-04-01/Accounts/{Account.Value}/Usage/Records{Subresource}.json?Category={Category}";

    private string Subresource => Recurring switch { "daily" => "/Today", "monthly" => "/ThisMonth", "yearly" => "/Yearly", _ => "" };

    /// <summary>The days over which usage is summed, when a day is the present one.</summary>
    public UsageRange PeriodAt(DateOnly day) => Recurring switch
    {
        "daily" => UsagePeriod.Daily.SliceAt(day, Always),
        "monthly" => UsagePeriod.Monthly.SliceAt(day, Always),
        "yearly" => UsagePeriod.Yearly.SliceAt(day, Always),
        _ => Always,
    };

    /// <summary>What it watches, of a sum.</summary>
    public decimal ValueOf(Tally tally) => TriggerBy switch { "count" => tally.Count, "price" => tally.Price, _ => tally.Usage };

    private static UsageRange Always { get; } = new(DateOnly.MinValue, DateOnly.MaxValue);

    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "account_sid": to.Write(Account.Value); break;
            case "api_version": to.Write("2010-04-01"); break;
            case "callback_method": to.Write(CallbackMethod); break;
            case "callback_url": to.Write(CallbackUrl); break;
            case "current_value": to.Write(UsageRecordFace.Spell(CurrentValue)); break;
            case "date_created": to.Write(DateCreated); break;
            case "date_fired": to.Write(DateFired); break;
            case "date_updated": to.Write(DateUpdated); break;
            case "friendly_name": to.Write(FriendlyName); break;
            case "recurring": to.Write(Recurring); break;
            case "sid": to.Write(Sid); break;
            case "trigger_by": to.Write(TriggerBy); break;
            case "trigger_value": to.Write(UsageRecordFace.Spell(TriggerValue)); break;
            case "uri": to.Write(Uri); break;
            case "usage_category": to.Write(Category); break;
            case "usage_record_uri": to.Write(RecordUri); break;
        }
    }

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("category", Category);
        json.WriteString("trigger_by", TriggerBy);
        json.WriteString("trigger_value", UsageRecordFace.Spell(TriggerValue));
        json.WriteString("recurring", Recurring);
        json.WriteString("callback_url", CallbackUrl);
        json.WriteString("callback_method", CallbackMethod);
        json.WriteString("friendly_name", FriendlyName);
        if (DateFired is { } fired) json.WriteString("date_fired", fired.UtcDateTime);
    }
}
