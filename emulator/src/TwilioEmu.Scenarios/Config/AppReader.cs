using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Config;

/// <summary>Reads the <c>app:</c> of a file: URLs and what is answered there.</summary>
internal static class AppReader
{
    public static AppConfig Read(Fields fields)
    {
        if (fields.Source["app"] is Node.Scalar { Text: var said } address && Words.Url(said) is null)
        {
            fields.Take("app");
            fields.Faults.Add(
                address, fields.PathOf("app"),
                $"{fields.PathOf("app")} must be a mapping, not a single value (it holds what is answered inside the world, "
                    + $"by path; an app of your own is named by the URLs of its number: sms_url: \"{said.TrimEnd('/')}/sms\")");
            return new AppConfig();
        }
        if (fields.Mapping("app") is not { } app) return new AppConfig();
        var pages = new List<AppPage>();
        foreach (var member in app.Source.Members)
        {
            app.Take(member.Key);
            var path = app.PathOf(member.Key);
            if (UrlOf(member.Key) is not { } url)
            {
                var hint = member.Key.Length > 0 && UrlOf("/" + member.Key) is not null ? $" (did you mean \"/{member.Key}\"?)" : "";
                fields.Faults.Add(member.KeyPlace, path, $"\"{member.Key}\" is neither a path such as \"/sms\" nor an http URL{hint}");
                continue;
            }
            if (pages.Any(p => p.Url == url)) fields.Faults.Add(member.KeyPlace, path, $"{url} is answered twice");
            pages.Add(new AppPage(url, ReadChoices(member.Value, path, fields.Faults)));
        }
        return new AppConfig { Pages = pages };
    }

    private static Uri? UrlOf(string key)
    {
        var text = key.StartsWith('/') ? $"http://{AppConfig.Host}{key}" : key;
        return Words.Url(text) is null && !key.Contains('?') ? new Uri(text) : null;
    }

    private static List<AppChoice> ReadChoices(Node node, string path, Faults faults)
    {
        if (node is not Node.Sequence list) return [new AppChoice(new Dictionary<string, string>(), ReadReplies(node, path, faults))];
        var choices = new List<AppChoice>();
        var others = new List<AppReply>();
        for (var i = 0; i < list.Items.Count; i++)
        {
            var (item, at) = (list.Items[i], $"{path}[{i}]");
            if (item is Node.Mapping mapping && (mapping["when"] ?? mapping["answer"]) is not null)
            {
                ReadChoice(Fields.Of(item, at, faults)!, choices, others);
            }
            else
            {
                others.AddRange(ReadReplies(item, at, faults));
            }
        }
        if (list.Items.Count == 0) faults.Add(node, path, $"{path} is an empty list; say at least one answer");
        if (others.Count > 0) choices.Add(new AppChoice(new Dictionary<string, string>(), others));
        return choices;
    }

    private static void ReadChoice(Fields fields, List<AppChoice> choices, List<AppReply> others)
    {
        var replies = fields.Need("answer") ? ReadReplies(fields.Take("answer")!, fields.PathOf("answer"), fields.Faults) : [];
        if (fields.Mapping("when") is { } when)
        {
            var conditions = when.Source.Members.ToDictionary(m => m.Key, m => when.Text(m.Key) ?? "", StringComparer.Ordinal);
            if (conditions.Count == 0) fields.Fault("when", $"{fields.PathOf("when")} names no parameter");
            choices.Add(new AppChoice(conditions, replies));
        }
        else if (!fields.Has("when"))
        {
            others.AddRange(replies);
        }
        fields.End();
    }

    private static List<AppReply> ReadReplies(Node node, string path, Faults faults) => node switch
    {
        Node.Sequence list => [.. list.Items.SelectMany((item, i) => ReadReplies(item, $"{path}[{i}]", faults))],
        Node.Scalar { Kind: not ScalarKind.Null } text => [new AppReply(200, TypeOf(text.Text), text.Text, TimeSpan.Zero)],
        Node.Mapping => [ReadReply(Fields.Of(node, path, faults)!)],
        _ => Wrong(node, path, faults),
    };

    private static List<AppReply> Wrong(Node node, string path, Faults faults)
    {
        faults.Add(node, path, $"{path} must be an answer (text, or a mapping with status, content_type, body, after), not {node.Sort}");
        return [];
    }

    private static AppReply ReadReply(Fields fields)
    {
        var body = fields.Text("body") ?? "";
        var reply = new AppReply(
            (int)(fields.Whole("status", 100, 599) ?? 200),
            fields.Text("content_type", Words.NonEmpty) ?? TypeOf(body),
            body,
            fields.Duration("after") ?? TimeSpan.Zero);
        fields.End();
        return reply;
    }

    /// <summary>TwiML where it looks like TwiML, else plain text: the two a Twilio webhook takes.</summary>
    private static string? TypeOf(string body) =>
        body.Length == 0 ? null : body.AsSpan().TrimStart() is ['<', ..] ? "text/xml; charset=utf-8" : "text/plain; charset=utf-8";
}
