using System.Globalization;
using System.Text;

namespace TwilioEmu.Console.Control;

/// <summary>Writes <c>docs/control-api.md</c> from the rows of the calls.</summary>
public static class ControlReference
{
    // In two parts: a link to a project is no use of it.
    private const string House = "TwilioEmu";

    /// <summary>The page, lines ended by LF.</summary>
    public static string WritePage()
    {
        var page = new StringBuilder();
        page.Append("# Control API, `/_emu/v1`\n\nMade from the rows that answer it; a test keeps it true. `GET /_emu/v1/` lists the "
            + "calls, `GET /_emu/v1/openapi.json` is this page as an OpenAPI 3.1 document. ");
        page.Append("Bodies and answers are JSON (`curl --json`), instants are UTC (ISO 8601), durations are `10s`, `1m30s`, `500ms`. "
            + "Errors are `application/problem+json` (RFC 9457): `detail` says what was seen and what was wanted, ");
        page.Append("`errors` names each bad field. Parameters and members that are not told here are refused (400).\n\n");
        page.Append(
            CultureInfo.InvariantCulture,
            $"Who may ask: [security](security.md). Typed clients: [.NET](../emulator/src/{House}.Client/README.md), "
                + $"[Node](../sdk-tests/node-helper/README.md).\n\n");
        page.Append("| call | does |\n|---|---|\n");
        foreach (var call in ControlCalls.All.Where(c => c.IsBuilt))
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{call.Method} {call.PlainTemplate}` | {Cell(call.Does)} |\n");
        }
        foreach (var subject in ControlCalls.Subjects)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {subject.Title}\n");
            if (subject.Calls.All(c => !c.IsBuilt)) AppendUnbuilt(page, subject);
            else foreach (var call in subject.Calls) Append(page, call);
        }
        return page.ToString();
    }

    private static void AppendUnbuilt(StringBuilder page, ControlSubject subject)
    {
        page.Append("\nThese addresses are kept, and answer 501.\n\n");
        foreach (var call in subject.Calls)
        {
            page.Append(CultureInfo.InvariantCulture, $"- `{call.Method} {call.PlainTemplate}`: {call.Does}\n");
        }
    }

    private static void Append(StringBuilder page, ControlCall call)
    {
        var notes = call.Notes is null ? "" : " " + call.Notes;
        page.Append(CultureInfo.InvariantCulture, $"\n### `{call.Method} {call.PlainTemplate}`\n\n");
        page.Append(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(call.Does[0])}{call.Does[1..]}.{notes}\n");
        if (call.Example is not null)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"\n```\ncurl -X {call.Method} localhost:4010{ControlRoom.Prefix}{call.PlainTemplate} --json '{call.Example}'\n```\n");
        }
        var rows = new List<(string Where, ControlMember Member, bool IsAnswer, int Depth)>();
        rows.AddRange(call.Query.Select(m => ("query", m, false, 0)));
        Add(rows, "body", call.Body, isAnswer: false, 0);
        Add(rows, "answer", call.Answers, isAnswer: true, 0);
        if (rows.Count > 0) page.Append("\n| | name | takes | means |\n|---|---|---|---|\n");
        var last = "";
        foreach (var (where, member, isAnswer, depth) in rows)
        {
            var status = isAnswer && call.Status != 200 ? $"{where} {call.Status}" : where;
            page.Append(
                CultureInfo.InvariantCulture,
                $"| {(where == last ? "" : status)} | {string.Concat(Enumerable.Repeat("· ", depth))}`{member.Name}` | "
                    + $"{Cell(Takes(member, isAnswer))} | {Cell(member.Means)} |\n");
            last = where;
        }
        if (call.BodyType is { } type) page.Append(CultureInfo.InvariantCulture, $"\nThe body is `{type}`.\n");
        if (call.TakesAnyBody) page.Append("\nThe body is any JSON object.\n");
        if (call.Status is 101 or 204) page.Append(CultureInfo.InvariantCulture, $"\nAnswers {call.Status}.\n");
        else if (call.Answers.Count == 0) page.Append(CultureInfo.InvariantCulture, $"\nAnswers `{call.ContentType}`.\n");
        if (call.Refuses.Count > 0)
        {
            page.Append(
                CultureInfo.InvariantCulture, $"\nRefuses: {string.Join("; ", call.Refuses.Select(r => $"{r.Status}, {r.When}"))}.\n");
        }
    }

    private static void Add(
        List<(string, ControlMember, bool, int)> rows, string where, IReadOnlyList<ControlMember> members, bool isAnswer, int depth)
    {
        foreach (var member in members)
        {
            rows.Add((where, member, isAnswer, depth));
            if (depth == 0) Add(rows, where, member.Members, isAnswer, depth + 1);
        }
    }

    private static string Takes(ControlMember member, bool isAnswer)
    {
        var mark = isAnswer ? (member.IsSometimes ? ", not always" : "") : member.IsNeeded ? ", needed" : "";
        return $"{member.Takes}{(member.IsNullable ? " or null" : "")}{mark}";
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
