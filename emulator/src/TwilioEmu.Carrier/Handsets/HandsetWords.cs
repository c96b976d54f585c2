using System.Collections.Frozen;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>How config, control API and journal spell what a phone does: one table each, read both ways.</summary>
public static class HandsetWords
{
    /// <summary>The carrier's last words on a text.</summary>
    public static FrozenDictionary<string, DeliveryOutcome> Outcomes { get; } = new Dictionary<string, DeliveryOutcome>
    {
        ["delivered"] = DeliveryOutcome.Delivered,
        ["undelivered"] = DeliveryOutcome.Undelivered,
        ["failed"] = DeliveryOutcome.Failed,
        ["no-receipt"] = DeliveryOutcome.NoReceipt,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What a phone does with a call.</summary>
    public static FrozenDictionary<string, PickUp> PickUps { get; } = new Dictionary<string, PickUp>
    {
        ["answers"] = PickUp.Answers,
        ["busy"] = PickUp.Busy,
        ["no_answer"] = PickUp.NoAnswer,
        ["rejects"] = PickUp.Rejects,
        ["machine"] = PickUp.Machine,
        ["unreachable"] = PickUp.Unreachable,
        ["fax"] = PickUp.Fax,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The spelling of an outcome.</summary>
    public static string Word(this DeliveryOutcome outcome) => Outcomes.First(w => w.Value == outcome).Key;

    /// <summary>The spelling of what a phone does.</summary>
    public static string Word(this PickUp pickUp) => PickUps.First(w => w.Value == pickUp).Key;
}
