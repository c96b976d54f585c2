using System.Net;
using System.Text;
using TwilioEmu.Accounts.Numbers;

namespace TwilioEmu.Voice.WellKnown;

/// <summary>The text of a TwiML Bin with its places: the part of Mustache that bins are written in (template engine).</summary>
/// <remarks>
/// twilio.com/docs/serverless/twiml-bins. Pure. <c>{{Name}}</c> is a parameter, escaped for XML; <c>{{{Name}}}</c> as it is;
/// <c>{{#Name}}...{{/Name}}</c> stands once for each value that is not empty, <c>{{.}}</c> being that; <c>{{^Name}}...{{/Name}}</c> where
/// there is none; <c>{{! }}</c> is a remark; <c>{{#e164}}{{To}}{{/e164}}</c> is the number in what stands between. What is not there is
/// empty (inferred).
/// </remarks>
public sealed class BinTemplate
{
    private const string E164Section = "e164";
    private const int MaxDepth = 32;

    private readonly List<Node> _nodes;

    private BinTemplate(List<Node> nodes) => _nodes = nodes;

    /// <summary>Reads a bin; <paramref name="wrong"/> says why it cannot be.</summary>
    public static bool TryRead(string text, out BinTemplate template, out string wrong)
    {
        var at = 0;
        wrong = "";
        var nodes = Read(text, ref at, null, 0, ref wrong);
        template = new BinTemplate(nodes);
        return wrong.Length == 0;
    }

    /// <summary>The document for a request.</summary>
    /// <param name="parameters">In order; a name may come several times, also as <c>Name[]</c>.</param>
    public string Render(IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        var values = parameters.ToLookup(
            p => p.Key.EndsWith("[]", StringComparison.Ordinal) ? p.Key[..^2] : p.Key, p => p.Value, StringComparer.Ordinal);
        var text = new StringBuilder();
        Write(_nodes, values, "", text);
        return text.ToString();
    }

    private static List<Node> Read(string text, ref int at, string? section, int depth, ref string wrong)
    {
        var nodes = new List<Node>();
        while (at < text.Length)
        {
            var open = text.IndexOf("{{", at, StringComparison.Ordinal);
            if (open < 0) break;
            if (open > at) nodes.Add(new Node.Text(text[at..open]));
            var isRaw = text.AsSpan(open).StartsWith("{{{");
            var end = isRaw ? "}}}" : "}}";
            var close = text.IndexOf(end, open, StringComparison.Ordinal);
            if (close < 0)
            {
                wrong = $"{{{{ at character {open + 1} is not closed";
                return nodes;
            }
            var tag = text[(open + end.Length)..close].Trim();
            at = close + end.Length;
            switch (tag.Length == 0 ? ' ' : tag[0])
            {
                case '!': break;
                case '#' or '^':
                    if (depth == MaxDepth)
                    {
                        wrong = $"more than {MaxDepth} sections within each other";
                        return nodes;
                    }
                    var name = tag[1..].Trim();
                    nodes.Add(new Node.Section(name, tag[0] == '^', Read(text, ref at, name, depth + 1, ref wrong)));
                    break;
                case '/':
                    if (tag[1..].Trim() != section) wrong = $"{{{{{tag}}}}} closes what is not open";
                    return nodes;
                case '&': nodes.Add(new Node.Value(tag[1..].Trim(), IsRaw: true)); break;
                default: nodes.Add(new Node.Value(tag, isRaw)); break;
            }
            if (wrong.Length > 0) return nodes;
        }
        if (section is not null) wrong = $"{{{{#{section}}}}} is not closed";
        if (at < text.Length) nodes.Add(new Node.Text(text[at..]));
        at = text.Length;
        return nodes;
    }

    private static void Write(List<Node> nodes, ILookup<string, string> values, string current, StringBuilder to)
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case Node.Text(var text): to.Append(text); break;
                case Node.Value(var name, var isRaw):
                    var value = name == "." ? current : values[name].FirstOrDefault() ?? "";
                    to.Append(isRaw ? value : WebUtility.HtmlEncode(value));
                    break;
                case Node.Section(E164Section, false, var within): WriteNumber(within, values, current, to); break;
                case Node.Section(var name, var isInverted, var within):
                    var given = values[name].Where(v => v.Length > 0).ToList();
                    if (isInverted && given.Count == 0) Write(within, values, current, to);
                    else if (!isInverted) given.ForEach(v => Write(within, values, v, to));
                    break;
            }
        }
    }

    /// <summary>Of <c>sip:+14155550100@name.sip.twilio.com</c> the number; of what has none, nothing.</summary>
    private static void WriteNumber(List<Node> within, ILookup<string, string> values, string current, StringBuilder to)
    {
        var text = new StringBuilder();
        Write(within, values, current, text);
        var address = text.ToString().Trim();
        var colon = address.IndexOf(':', StringComparison.Ordinal);
        var user = Uri.UnescapeDataString(address[(colon + 1)..].Split('@', ';')[0]);
        if (E164.TryNormalize(user, out var number)) to.Append(number);
    }

    private abstract record Node
    {
        public sealed record Text(string Content) : Node;

        public sealed record Value(string Name, bool IsRaw) : Node;

        public sealed record Section(string Name, bool IsInverted, List<Node> Within) : Node;
    }
}
