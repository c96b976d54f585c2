using System.Text.Json.Nodes;

namespace TwilioEmu;

/// <summary>What a value must be like, in the words of scenarios and of <c>POST /_emu/v1/expect</c>.</summary>
public static class Expected
{
    /// <summary>Letter for letter; a number equals its digits.</summary>
    public static JsonNode EqualTo(string text) => new JsonObject { ["equals"] = text };

    /// <summary>A part of it, letter for letter; a list contains what one of its items contains.</summary>
    public static JsonNode Contains(string part) => new JsonObject { ["contains"] = part };

    /// <summary>A regular expression (.NET's, without lookarounds and backreferences), anywhere in it; case does not matter.</summary>
    public static JsonNode Matches(string expression) => new JsonObject { ["matches"] = expression };

    /// <summary>Words as a listener takes them: case and white space aside; or a regular expression between slashes.</summary>
    public static JsonNode Says(string words) => new JsonObject { ["says"] = words };

    /// <summary>There, and not null.</summary>
    public static JsonNode Present() => new JsonObject { ["present"] = true };

    /// <summary>Missing or null.</summary>
    public static JsonNode Absent() => new JsonObject { ["present"] = false };

    /// <summary>A number not below the first nor above the second; null for no bound.</summary>
    public static JsonNode Between(double? atLeast, double? atMost)
    {
        if (atLeast is null && atMost is null) throw new ArgumentException("say at least one bound", nameof(atLeast));
        var test = new JsonObject();
        if (atLeast is { } low) test["at_least"] = low;
        if (atMost is { } high) test["at_most"] = high;
        return test;
    }
}
