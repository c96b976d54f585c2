using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Matching;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Steps;

/// <summary>Reads what a program asks of Twilio's REST API, and what it must be answered.</summary>
/// <remarks>
/// <c>posts: Messages</c> is short for <c>/2010-04-01/Accounts/{the account}/Messages.json</c>; a path from the root stands as it is.
/// </remarks>
internal static class RestReader
{
    public static Step? Read(Fields fields, string verb)
    {
        var path = fields.Text(verb, PathFault);
        var account = fields.Text("as", Words.NonEmpty);
        var form = ReadForm(fields);
        var (status, body) = fields.Mapping("expect", "status") is { } expect ? ReadExpected(expect) : (null, null);
        // Asked again, a POST or DELETE would do it again.
        var within = verb == "gets" ? fields.Duration("within") ?? TimeSpan.Zero : TimeSpan.Zero;
        if (path is null) return null;
        return new Step.Asks(MethodOf(verb), path, account, form, status, body, within);
    }

    private static string MethodOf(string verb) => verb switch
    {
        "posts" => "POST",
        "gets" => "GET",
        _ => "DELETE",
    };

    private static List<KeyValuePair<string, string>> ReadForm(Fields fields)
    {
        var form = new List<KeyValuePair<string, string>>();
        if (fields.Mapping("form") is not { } mapping) return form;
        foreach (var member in mapping.Source.Members)
        {
            if (member.Value is Node.Scalar { Kind: ScalarKind.Null })
            {
                // An empty parameter is a thing one may want to send.
                mapping.Take(member.Key);
                form.Add(new(member.Key, ""));
                continue;
            }
            form.AddRange(mapping.Texts(member.Key).Select(value => new KeyValuePair<string, string>(member.Key, value)));
        }
        return form;
    }

    private static (int? Status, ValueMatch? Body) ReadExpected(Fields expect)
    {
        var status = (int?)expect.Whole("status", 100, 599);
        var body = expect.Mapping("body") is { } mapping ? MatchReader.ReadMembers(mapping) : null;
        if (status is null && body is null && expect.Source.Members.Count == 0)
        {
            expect.Faults.Add(expect.Source, expect.Path, $"{expect.Path} asks for nothing; say status or body");
        }
        expect.End();
        return (status, body);
    }

    private static string? PathFault(string path) =>
        path.Length > 0 && !path.Contains("://", StringComparison.Ordinal) && !path.Any(char.IsWhiteSpace)
            ? null
            : $"\"{path}\" is neither a path such as \"/2010-04-01/Accounts.json\" nor one relative to the account, such as \"Messages\"";
}
