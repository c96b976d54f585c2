using System.Buffers;
using System.Text.Json;

namespace TwilioEmu.Console.Control;

/// <summary>Writes the control API as an OpenAPI 3.1 document (spec.openapis.org/oas/v3.1.0), from its rows.</summary>
internal static class OpenApi
{
    private const string Problem = "Problem";

    public static ReadOnlyMemory<byte> Write()
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(buffer, Kernel.Journal.Entry.Options))
        {
            json.WriteStartObject();
            json.WriteString("openapi", "3.1.0");
            json.WriteStartObject("info");
            json.WriteString("title", "TwilioEmu control API");
            json.WriteString("version", "1");
            json.WriteEndObject();
            json.WriteStartArray("servers");
            json.WriteStartObject();
            json.WriteString("url", ControlRoom.Prefix);
            json.WriteEndObject();
            json.WriteEndArray();
            WriteSecurity(json, isToken: true);
            json.WriteStartArray("tags");
            foreach (var subject in ControlCalls.Subjects)
            {
                json.WriteStartObject();
                json.WriteString("name", subject.Title);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartObject("paths");
            foreach (var path in ControlCalls.Subjects
                .SelectMany(s => s.Calls.Select(c => (s.Title, Call: c)))
                .GroupBy(c => c.Call.PlainTemplate))
            {
                json.WriteStartObject(path.Key);
                foreach (var (title, call) in path) WriteOperation(json, title, call);
                json.WriteEndObject();
            }
            json.WriteEndObject();
            WriteComponents(json);
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    // The token is asked for where there is one: none, or it.
    private static void WriteSecurity(Utf8JsonWriter json, bool isToken)
    {
        json.WriteStartArray("security");
        json.WriteStartObject();
        json.WriteEndObject();
        if (isToken)
        {
            json.WriteStartObject();
            json.WriteStartArray("token");
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteOperation(Utf8JsonWriter json, string title, ControlCall call)
    {
        json.WriteStartObject(call.Method.ToLowerInvariant());
        json.WriteStartArray("tags");
        json.WriteStringValue(title);
        json.WriteEndArray();
        var parts = call.PlainTemplate.Split(['/', '{', '}', '-', '.'], StringSplitOptions.RemoveEmptyEntries);
        var path = string.Concat(parts.Select(p => char.ToUpperInvariant(p[0]) + p[1..]));
        json.WriteString("operationId", call.Method.ToLowerInvariant() + path);
        json.WriteString("summary", call.Does);
        if (call.Notes is not null) json.WriteString("description", call.Notes);
        if (call.IsForAll) WriteSecurity(json, isToken: false);
        if (call.Path.Count + call.Query.Count > 0)
        {
            json.WriteStartArray("parameters");
            foreach (var value in call.Path) WriteParameter(json, "path", value);
            foreach (var value in call.Query) WriteParameter(json, "query", value);
            json.WriteEndArray();
        }
        if (call.BodyType is { } type) WriteBytes(json, type);
        else if (call.TakesAnyBody && call.IsBuilt) WriteBody(json, call, [], isOpen: true);
        else if (call.Body.Count > 0) WriteBody(json, call, call.Body, isOpen: false);
        json.WriteStartObject("responses");
        if (call.IsBuilt) WriteAnswer(json, call, call.Status);
        if (call.OtherStatus is { } other) WriteAnswer(json, call, other);
        foreach (var refusal in call.Refuses.Where(r => r.Status != 400).GroupBy(r => r.Status, r => r.When))
        {
            WriteProblem(json, $"{refusal.Key}", string.Join("; or ", refusal));
        }
        WriteProblem(json, call.IsBuilt ? "default" : "501", call.IsBuilt ? "what is wrong, in words" : "not emulated yet");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteParameter(Utf8JsonWriter json, string place, ControlMember value)
    {
        json.WriteStartObject();
        json.WriteString("name", value.Name);
        json.WriteString("in", place);
        if (value.IsNeeded) json.WriteBoolean("required", true);
        json.WriteString("description", value.Means);
        json.WritePropertyName("schema");
        WriteSchema(json, value, isAnswer: false, isDescribed: false);
        json.WriteEndObject();
    }

    private static void WriteBytes(Utf8JsonWriter json, string type)
    {
        json.WriteStartObject("requestBody");
        json.WriteBoolean("required", true);
        json.WriteStartObject("content");
        json.WriteStartObject(type);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter json, ControlCall call, IReadOnlyList<ControlMember> members, bool isOpen)
    {
        json.WriteStartObject("requestBody");
        json.WriteBoolean("required", members.Any(m => m.IsNeeded));
        json.WriteStartObject("content");
        json.WriteStartObject("application/json");
        json.WriteStartObject("schema");
        WriteObject(json, members, isOpen, isAnswer: false);
        json.WriteEndObject();
        if (call.Example is not null)
        {
            json.WritePropertyName("example");
            json.WriteRawValue(call.Example);
        }
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteAnswer(Utf8JsonWriter json, ControlCall call, int status)
    {
        json.WriteStartObject($"{status}");
        json.WriteString("description", call.Does);
        if (status is not (101 or 204))
        {
            json.WriteStartObject("content");
            json.WriteStartObject(call.ContentType);
            json.WriteStartObject("schema");
            if (call.Answers.Count > 0) WriteObject(json, call.Answers, isOpen: false, isAnswer: true);
            else json.WriteString("type", "string");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteProblem(Utf8JsonWriter json, string status, string when)
    {
        json.WriteStartObject(status);
        json.WriteString("description", when);
        json.WriteStartObject("content");
        json.WriteStartObject("application/problem+json");
        json.WriteStartObject("schema");
        json.WriteString("$ref", $"#/components/schemas/{Problem}");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSchema(Utf8JsonWriter json, ControlMember member, bool isAnswer, bool isDescribed = true)
    {
        json.WriteStartObject();
        if (isDescribed) json.WriteString("description", member.Kind == MemberKind.Any ? $"{member.Means} ({member.Takes})" : member.Means);
        var type = member.Kind switch
        {
            MemberKind.Text or MemberKind.Instant or MemberKind.Duration => "string",
            MemberKind.Whole => "integer",
            MemberKind.Number => "number",
            MemberKind.Flag => "boolean",
            MemberKind.Object => "object",
            MemberKind.List or MemberKind.Texts => "array",
            _ => null,
        };
        if (type is not null && member.IsNullable)
        {
            json.WriteStartArray("type");
            json.WriteStringValue(type);
            json.WriteStringValue("null");
            json.WriteEndArray();
        }
        else if (type is not null)
        {
            json.WriteString("type", type);
        }
        WriteBounds(json, member);
        if (member.Kind == MemberKind.Object) WriteMembers(json, member.Members, member.IsOpen, isAnswer);
        if (member.Kind is MemberKind.List or MemberKind.Texts)
        {
            json.WriteStartObject("items");
            if (member.Kind == MemberKind.List) WriteObject(json, member.Members, member.IsOpen, isAnswer);
            else json.WriteString("type", "string");
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteBounds(Utf8JsonWriter json, ControlMember member)
    {
        if (member.Kind == MemberKind.Instant) json.WriteString("format", "date-time");
        if (member.Kind == MemberKind.Whole)
        {
            json.WriteNumber("minimum", member.Bounds.Min);
            if (member.Bounds.Max < long.MaxValue) json.WriteNumber("maximum", member.Bounds.Max);
            if (member.Usual is { } usual) json.WriteNumber("default", usual);
        }
        if (member.Words.Count == 0) return;
        json.WriteStartArray("enum");
        foreach (var word in member.Words) json.WriteStringValue(word);
        if (member.IsNullable) json.WriteNullValue();
        json.WriteEndArray();
    }

    private static void WriteObject(Utf8JsonWriter json, IReadOnlyList<ControlMember> members, bool isOpen, bool isAnswer)
    {
        json.WriteString("type", "object");
        WriteMembers(json, members, isOpen, isAnswer);
    }

    private static void WriteMembers(Utf8JsonWriter json, IReadOnlyList<ControlMember> members, bool isOpen, bool isAnswer)
    {
        json.WriteStartObject("properties");
        foreach (var member in members)
        {
            json.WritePropertyName(member.Name);
            WriteSchema(json, member, isAnswer);
        }
        json.WriteEndObject();
        var needed = members.Where(m => isAnswer ? !m.IsSometimes : m.IsNeeded).ToList();
        if (needed.Count > 0)
        {
            json.WriteStartArray("required");
            foreach (var member in needed) json.WriteStringValue(member.Name);
            json.WriteEndArray();
        }
        if (!isOpen) json.WriteBoolean("additionalProperties", false);
    }

    private static void WriteComponents(Utf8JsonWriter json)
    {
        json.WriteStartObject("components");
        json.WriteStartObject("securitySchemes");
        json.WriteStartObject("token");
        json.WriteString("type", "http");
        json.WriteString("scheme", "bearer");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("schemas");
        json.WriteStartObject(Problem);
        json.WriteString("description", "RFC 9457; more members where they help");
        WriteObject(json, ControlAnswer.ProblemMembers, isOpen: true, isAnswer: true);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
