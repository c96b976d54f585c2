using System.Text.Json;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>What reading a query or a body gave.</summary>
/// <param name="Values">The parameters.</param>
/// <param name="Unknown">Names the operation does not know, or null.</param>
/// <param name="Refusal">Set when the text could not be read.</param>
internal readonly record struct ParsedForm(FormValues Values, List<string>? Unknown, TwilioError? Refusal)
{
    public static ParsedForm Empty { get; } = new(FormValues.Empty, null, null);

    /// <summary>The body of an operation that reads JSON.</summary>
    public JsonElement Json { get; init; }

    /// <summary>For the journal, when something was read in a way its sender may not have meant.</summary>
    public string? Warning { get; init; }

    public static ParsedForm Refuse(TwilioError refusal) => new(FormValues.Empty, null, refusal);
}
