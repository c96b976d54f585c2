using System.Text;
using System.Text.Json;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Products.Conversations;

/// <summary>What <c>Attributes</c> may be: JSON, and not too much of it. Pure.</summary>
/// <remarks>
/// twilio.com/docs/conversations/api: structurally valid JSON; error dictionary 50304 and 50303, which name a conversation's attributes
/// and are taken for those of users, participants and messages as well (inferred), as is the limit.
/// </remarks>
internal static class AttributeRule
{
    private const int MaxBytes = 32 * 1024;

    /// <summary>What is wrong, or null. Empty text sets them to none.</summary>
    public static TwilioError? Fault(string? attributes)
    {
        if (string.IsNullOrEmpty(attributes)) return null;
        if (Encoding.UTF8.GetByteCount(attributes) > MaxBytes) return ErrorCodes.Error(50303, $"Attributes are longer than {MaxBytes} bytes");
        try
        {
            using var json = JsonText.Parse(attributes);
            return null;
        }
        catch (JsonException bad)
        {
            return ErrorCodes.Error(50304, $"Attributes are not valid JSON: {bad.Message}");
        }
    }
}
