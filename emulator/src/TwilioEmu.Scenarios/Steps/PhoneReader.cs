using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Handsets.Deeds;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Steps;

/// <summary>Reads what phones and their owners do.</summary>
internal static class PhoneReader
{
    public static Step? Read(Fields fields, string verb, string number) => verb switch
    {
        "texts" => ReadTexts(fields, number),
        _ when TextDeedReader.Words.Contains(verb) => new Step.Texts(number, Receiver(fields, number), "", [], TextDeedReader.Read(fields)),
        "dials" => ReadDials(fields, number),
        "behaves" => ReadBehaves(fields, number),
        _ when DeedRegistry.Find(verb) is { IsByHand: true } deed =>
            deed.ReadByHand(new DeedFields(fields)) is { } act ? new Step.Acts(number, act) : null,
        _ => throw new InvalidOperationException($"unknown verb {verb}"),
    };

    private static Step.Dials ReadDials(Fields fields, string number)
    {
        var to = fields.NeedText("dials", Words.Dialled);
        // What is not known yet is judged when it is.
        if (!number.Contains('$') && !to.Contains('$') && DialledFields.Fault(number, to) is { } wrong) fields.Fault("dials", wrong);
        return new Step.Dials(
            number, to, fields.Has("script") ? ScriptReader.Read(fields, "script") : null, DialledFields.ReadParameters(fields, to),
            DialledFields.ReadMarks(fields, to));
    }

    private static Step.Texts ReadTexts(Fields fields, string number)
    {
        // A text of digits only is a text: texts: 94107.
        var body = fields.Text("texts", Words.Body) ?? "";
        return new Step.Texts(number, Receiver(fields, number), body, fields.Texts("media_urls"));
    }

    private static string Receiver(Fields fields, string number)
    {
        var to = fields.NeedText("to", Words.TextAddress);
        if (!number.Contains('$') && !to.Contains('$') && to.Length > 0 && Words.NoWay(number, to) is { } wrong) fields.Fault("to", wrong);
        return to;
    }

    private static Step? ReadBehaves(Fields fields, string number)
    {
        if (fields.Take("behaves") is Node.Scalar { Kind: not ScalarKind.Null } word && HandsetWords.PickUps.ContainsKey(word.Text))
        {
            fields.Fault("behaves", $"{fields.PathOf("behaves")} must be a mapping, not a single value (write {{ {word.Text}: true }})");
            return null;
        }
        if (fields.Mapping("behaves") is not { } behaves) return null;
        var step = new Step.Behaves(number, HandsetReader.ReadBehaviour(behaves));
        behaves.End();
        return step;
    }
}
