using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TwilioEmu.Console.Control;

namespace TwilioEmu.Console.Tests;

/// <summary>Holds an answer against what its call's row says of it: no member that is not told, none missing, each of its kind.</summary>
internal static class Shape
{
    /// <summary>What is wrong with an answer; none where its row tells the truth.</summary>
    public static IReadOnlyList<string> Faults(string method, string path, int status, JsonElement json)
    {
        var below = new PathString("/" + Uri.UnescapeDataString(path.Split('?')[0]));
        if (ControlCalls.All.FirstOrDefault(c => c.Method == method && c.Match(below) is not null) is not { } call) return [];
        var faults = new List<string>();
        var isUsual = status == call.Status || status == call.OtherStatus;
        if (status >= 400 && !isUsual) Check($"{method} {path}", json, ControlAnswer.ProblemMembers, isOpen: true, faults);
        else if (call.IsBuilt && !isUsual) faults.Add($"{method} {call.Template} answers {call.Status} says its row, not {status}");
        else if (call.IsBuilt) Check($"{method} {call.Template}", json, call.Answers, isOpen: false, faults);
        if (status is not (400 or 500 or 501 or 413) && status >= 400 && !isUsual && call.Refuses.All(r => r.Status != status))
        {
            faults.Add($"{method} {call.Template} does not say that it refuses with {status}");
        }
        return faults;
    }

    private static void Check(string where, JsonElement json, IReadOnlyList<ControlMember> members, bool isOpen, List<string> faults)
    {
        if (json.ValueKind != JsonValueKind.Object) { faults.Add($"{where} is no object but {json.ValueKind}"); return; }
        foreach (var member in members)
        {
            if (json.TryGetProperty(member.Name, out var value)) CheckValue($"{where}.{member.Name}", value, member, faults);
            else if (!member.IsSometimes) faults.Add($"{where} lacks {member.Name}");
        }
        if (isOpen) return;
        faults.AddRange(
            json.EnumerateObject().Where(m => members.All(k => k.Name != m.Name)).Select(m => $"{where} has {m.Name}, which is not told"));
    }

    private static void CheckValue(string where, JsonElement value, ControlMember member, List<string> faults)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            if (!member.IsNullable) faults.Add($"{where} is null");
            return;
        }
        if (member.Words.Count > 0 && !member.Words.Contains(value.ToString())) faults.Add($"{where} is \"{value}\", none of its words");
        switch (member.Kind)
        {
            case MemberKind.Object: Check(where, value, member.Members, member.IsOpen, faults); return;
            case MemberKind.List when value.ValueKind == JsonValueKind.Array:
                foreach (var item in value.EnumerateArray()) Check(where + "[]", item, member.Members, member.IsOpen, faults);
                return;
        }
        var isFit = member.Kind switch
        {
            MemberKind.Text or MemberKind.Duration => value.ValueKind == JsonValueKind.String,
            MemberKind.Instant => value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out _),
            MemberKind.Whole => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            MemberKind.Number => value.ValueKind == JsonValueKind.Number,
            MemberKind.Flag => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            MemberKind.Texts =>
                value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(i => i.ValueKind == JsonValueKind.String),
            MemberKind.Any => true,
            _ => false,
        };
        if (!isFit) faults.Add($"{where} is {value.GetRawText()}, no {member.Kind}");
    }
}
