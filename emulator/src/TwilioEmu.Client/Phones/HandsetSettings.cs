using System.Text.Json.Nodes;
using TwilioEmu.Client.Wire;

namespace TwilioEmu;

/// <summary>What a phone does with a call.</summary>
public enum PickUp
{
    /// <summary>Answers and listens; what a phone does that nobody said anything of.</summary>
    Answers,

    /// <summary>Is in another call.</summary>
    Busy,

    /// <summary>Rings until the caller gives up.</summary>
    NoAnswer,

    /// <summary>Its owner refuses.</summary>
    Rejects,

    /// <summary>An answering machine answers.</summary>
    Machine,

    /// <summary>Is switched off or out of reach.</summary>
    Unreachable,

    /// <summary>A fax answers.</summary>
    Fax,
}

/// <summary>The carrier's last word on texts to a phone.</summary>
public enum TextOutcome
{
    /// <summary>The phone has it.</summary>
    Delivered,

    /// <summary>It left and did not arrive; error 30003 unless said otherwise.</summary>
    Undelivered,

    /// <summary>The carrier refused it; error 30008 unless said otherwise.</summary>
    Failed,

    /// <summary>It left and nothing was heard again: it stays <c>sent</c>.</summary>
    NoReceipt,
}

/// <summary>How a phone behaves; what is not said is as usual.</summary>
public sealed record HandsetSettings
{
    /// <summary>What it does with a call.</summary>
    public PickUp PickUp { get; init; }

    /// <summary>How long it rings before it answers, is refused or turns out busy; null for 2 s. At most 20 min.</summary>
    public TimeSpan? After { get; init; }

    /// <summary>What is said first: a machine's greeting, a person's hello; null for the usual.</summary>
    public string? Greeting { get; init; }

    /// <summary>False for a machine that takes messages without a beep.</summary>
    public bool Beeps { get; init; } = true;

    /// <summary>What its owner does in every call; at most 1000 steps.</summary>
    public IReadOnlyList<ScriptStep> Script { get; init; } = [];

    /// <summary>True when the test answers, presses and speaks for its owner: virtual time waits for it.</summary>
    public bool IsDrivenFromOutside { get; init; }

    /// <summary>What becomes of texts sent to it.</summary>
    public TextOutcome Texts { get; init; }

    /// <summary>Twilio's code for texts that are undelivered or failed: 30003.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>From the carrier's acceptance to the receipt; null for 1 s.</summary>
    public TimeSpan? ReceiptDelay { get; init; }

    /// <summary>The name its owner goes by on WhatsApp; null for the user name, else the number's digits.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// Its owner's user name on WhatsApp: businesses that do not know the number are not shown it; null for none.
    /// </summary>
    public string? UserName { get; init; }

    /// <summary>False for a phone without WhatsApp: 63024.</summary>
    public bool HasWhatsApp { get; init; } = true;

    /// <summary>False for a phone that RCS does not reach.</summary>
    public bool HasRcs { get; init; } = true;

    /// <summary>From arrival until a text on WhatsApp or RCS is read; null leaves it until its owner writes there.</summary>
    public TimeSpan? Reads { get; init; }

    /// <summary>In the words of the control API and of config files.</summary>
    public JsonObject ToJson()
    {
        var texts = new JsonObject
        {
            ["status"] = Texts switch
            {
                TextOutcome.Delivered => "delivered",
                TextOutcome.Undelivered => "undelivered",
                TextOutcome.Failed => "failed",
                TextOutcome.NoReceipt => "no-receipt",
                _ => throw new InvalidOperationException($"unknown outcome {Texts}"),
            },
        };
        if (ErrorCode is { } code) texts["error_code"] = code;
        if (Reads is { } reads) texts["reads"] = Durations.Write(reads);
        if (ReceiptDelay is { } delay) texts["delay"] = Durations.Write(delay);
        var word = PickUp switch
        {
            PickUp.Answers => "answers",
            PickUp.Busy => "busy",
            PickUp.NoAnswer => "no_answer",
            PickUp.Rejects => "rejects",
            PickUp.Machine => "machine",
            PickUp.Unreachable => "unreachable",
            PickUp.Fax => "fax",
            _ => throw new InvalidOperationException($"unknown pick-up {PickUp}"),
        };
        var json = new JsonObject { [word] = After is { } after ? Durations.Write(after) : true, ["texts"] = texts };
        if (Greeting is not null) json["greeting"] = Greeting;
        if (Name is not null) json["name"] = Name;
        if (UserName is not null) json["username"] = UserName;
        if (!HasWhatsApp) json["whatsapp"] = false;
        if (!HasRcs) json["rcs"] = false;
        if (!Beeps) json["beep"] = false;
        if (IsDrivenFromOutside) json["driven_from_outside"] = true;
        if (Script.Count > 0) json["script"] = ScriptStep.ToJson(Script);
        return json;
    }
}
