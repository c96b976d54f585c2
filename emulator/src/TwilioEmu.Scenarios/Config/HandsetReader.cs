using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Config;

/// <summary>Reads how a phone behaves: the same words in config files, scenarios and <c>PUT /_emu/v1/handsets/{number}</c>.</summary>
public static class HandsetReader
{
    // The slowest phone: longer than any Timeout of a call (600 s, twilio.com/docs/voice/api/call-resource).
    private static readonly TimeSpan LongestRing = TimeSpan.FromMinutes(20);

    /// <summary>Reads the fields that say how a phone behaves and leaves the others; the caller ends the mapping.</summary>
    public static HandsetBehaviour ReadBehaviour(Fields fields)
    {
        var behaviour = new HandsetBehaviour();
        string? chosen = null;
        foreach (var (word, pickUp) in HandsetWords.PickUps)
        {
            if (fields.Take(word) is not { } node) continue;
            if (node is not Node.Scalar value)
            {
                fields.Fault(word, $"{fields.PathOf(word)} must be true or a duration, not {node.Sort}");
                continue;
            }
            // "busy: false" takes back what a phone was: it answers as usual.
            if (value is { Text: "false", Kind: not ScalarKind.Quoted })
            {
                if (pickUp == PickUp.Answers)
                {
                    fields.Fault(
                        word,
                        $"{fields.PathOf(word)}: say what the phone does instead: busy, no_answer, rejects, machine, fax or unreachable");
                }
                continue;
            }
            if (chosen is not null) fields.Fault(word, $"a phone cannot both have \"{chosen}\" and \"{word}\"");
            chosen ??= word;
            behaviour = behaviour with { PickUp = pickUp };
            if (value is { Text: "true", Kind: not ScalarKind.Quoted } || fields.IsTemplate(value)) continue;
            if (Cures.OfFlag(value.Text) is { Length: > 0 } cure && !char.IsAsciiDigit(value.Text[0]))
            {
                fields.Fault(word, $"{fields.PathOf(word)} must be true or a duration, not {value.Shown}{cure}");
                continue;
            }
            if (fields.Duration(word) is not { } after) continue;
            if (after > LongestRing) fields.Fault(word, $"{fields.PathOf(word)} is longer than {Durations.Write(LongestRing)}");
            behaviour = behaviour with { After = after };
        }
        return behaviour with
        {
            IsDrivenFromOutside = fields.Flag("driven_from_outside") ?? false,
            Greeting = fields.Text("greeting", Words.NonEmpty),
            Beeps = fields.Flag("beep") ?? true,
            Script = ScriptReader.Read(fields, "script"),
            Name = fields.Text("name", Words.NonEmpty),
            UserName = fields.Text("username", UserNames.Fault),
            HasWhatsApp = fields.Flag("whatsapp") ?? true,
            HasRcs = fields.Flag("rcs") ?? true,
            Texts = fields.Mapping("texts", "status") is { } texts ? ReadTexts(texts) : behaviour.Texts,
        };
    }

    /// <summary>Reads <c>sip: { password: ... }</c>: a real SIP phone may register with the carrier as that number.</summary>
    /// <param name="fields">Of the phone.</param>
    /// <param name="number">Its number; a rule for many phones has no password.</param>
    public static string? ReadSipPassword(Fields fields, string number)
    {
        if (fields.Mapping("sip") is not { } sip) return null;
        var password = sip.NeedText("password", static t => Cures.IsVariable(t) ? $"\"{t}\" is no password" : Words.NonEmpty(t));
        sip.End();
        if (!number.StartsWith('+') || number.EndsWith('*'))
        {
            fields.Fault("sip", $"{fields.PathOf("sip")} is for one phone, by its number in E.164");
        }
        return password;
    }

    private static DeliveryReport ReadTexts(Fields texts)
    {
        var report = new DeliveryReport(
            texts.OneOf("status", HandsetWords.Outcomes) ?? DeliveryOutcome.Delivered,
            (int?)texts.Whole("error_code", 10000, 99999),
            texts.Duration("delay"),
            new ReceiptManner(
                texts.Text("receipts", t => t is "in-order" or "reversed" ? null : $"\"{t}\" is not in-order or reversed") == "reversed",
                (int)(texts.Whole("copies", 0, 10) ?? 0)),
            texts.Duration("reads"));
        if (report is { ErrorCode: not null, Outcome: DeliveryOutcome.Delivered or DeliveryOutcome.NoReceipt })
        {
            texts.Fault("error_code", $"{texts.PathOf("error_code")} is for texts that are undelivered or failed");
        }
        texts.End();
        return report;
    }
}
