using TwilioEmu.Carrier.SmppLinks;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Matching;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Steps;

/// <summary>Reads what a gateway does and sees that the story plays: <c>gateway: NAME</c> and one verb.</summary>
internal static class GatewayReader
{
    private const int MaxError = 3;

    /// <summary>Verbs of a gateway; <c>gateway</c> says which one.</summary>
    public static readonly string[] Verbs = ["binds", "texts", "receives", "receives_receipt", "answers", "acknowledges", "unbinds"];

    /// <summary>What people call them who come from the protocol.</summary>
    public static readonly Dictionary<string, string> OtherNames = new(StringComparer.Ordinal)
    {
        ["connects"] = "binds",
        ["bind"] = "binds",
        ["submits"] = "texts",
        ["submit_sm"] = "texts",
        ["sends"] = "texts",
        ["text"] = "texts",
        ["delivers"] = "receives",
        ["deliver_sm"] = "receives",
        ["gets"] = "receives",
        ["receipt"] = "receives_receipt",
        ["receives_dlr"] = "receives_receipt",
        ["replies"] = "answers",
        ["disconnects"] = "unbinds",
        ["unbind"] = "unbinds",
    };

    /// <summary>Those that nobody else has.</summary>
    public static IEnumerable<string> OwnVerbs => ["binds", "receives_receipt", "acknowledges", "unbinds"];

    public static Step? Read(Fields fields, string verb, string gateway) => verb switch
    {
        "binds" => Asking(fields, gateway, ReadBinds(fields)),
        "texts" => Asking(fields, gateway, ReadTexts(fields)),
        "acknowledges" => Asking(fields, gateway, ReadAcknowledges(fields)),
        "answers" => fields.OneOf("answers", GatewayWords.Replies) is { } reply
            ? new Step.Gateway(gateway, new GatewayAct.Answers(reply), null)
            : null,
        "unbinds" => ReadUnbinds(fields, gateway),
        "receives" => ClaimReader.ReadOf(
            fields, "receives", "body",
            what => new JournalMatch
            {
                Kind = GatewayEntries.Received.Name,
                Subject = gateway,
                Data = ClaimReader.ReadTold(what, ["from", "to", "body", "parts", "status"]),
            }),
        "receives_receipt" => ClaimReader.ReadOf(
            fields, "receives_receipt", "state",
            what => new JournalMatch
            {
                Kind = GatewayEntries.Receipted.Name,
                Subject = gateway,
                Data = ClaimReader.ReadTold(what, ["message_id", "state", "err", "from", "to"]),
            }),
        _ => throw new InvalidOperationException($"unknown verb {verb}"),
    };

    /// <summary>What is asked is answered, with <c>ESME_ROK</c> unless another answer is expected.</summary>
    private static Step.Gateway? Asking(Fields fields, string gateway, GatewayAct? act)
    {
        var status = fields.OneOf("expect", GatewayWords.Statuses);
        return act is null ? null : new Step.Gateway(gateway, act, status is null ? GatewayWords.Ok : fields.Text("expect"));
    }

    private static GatewayAct.Binds? ReadBinds(Fields fields)
    {
        var mode = fields.OneOf("binds", GatewayWords.Modes);
        var password = fields.Text("password", Password);
        return mode is { } way ? new GatewayAct.Binds(way, password) : null;
    }

    private static GatewayAct.Texts ReadTexts(Fields fields)
    {
        var body = fields.Text("texts", Words.Body) ?? "";
        var from = fields.NeedText("from", Words.PhoneNumber);
        var to = fields.NeedText("to", Words.NumberOrShortCode);
        return new GatewayAct.Texts(from, to, body, fields.OneOf("receipt", GatewayWords.Receipts) ?? WishedReceipts.Always);
    }

    private static GatewayAct.Acknowledges? ReadAcknowledges(Fields fields)
    {
        var state = fields.OneOf("acknowledges", GatewayWords.States);
        var error = fields.Text("err", Error);
        return state is { } became ? new GatewayAct.Acknowledges(became, error ?? "000") : null;
    }

    private static Step.Gateway ReadUnbinds(Fields fields, string gateway)
    {
        if (fields.Flag("unbinds") == false) fields.Fault("unbinds", $"{fields.PathOf("unbinds")} must be true");
        return new Step.Gateway(gateway, new GatewayAct.Unbinds(), null);
    }

    private static string? Error(string text) => text.Length is > 0 and <= MaxError && text.All(char.IsAsciiLetterOrDigit)
        ? null
        : $"\"{text}\" is no error of receipts such as \"034\"";

    private static string? Password(string text) =>
        text.Length <= 8 && text.All(char.IsAscii) ? null : "a password has up to 8 characters of ASCII";
}
