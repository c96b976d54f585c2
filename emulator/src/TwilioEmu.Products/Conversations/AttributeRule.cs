using System.Text;
using System.Text.Json;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Products.Conversations;

/// <summary>What <c>Attributes</c> may be: JSON, and not too much of it. Pure.</summary>
/// <remarks>
/// twilio.com/docs/conversations/attributes: 16 KB for conversations and users, 4 KB for participants and messages. Error dictionary 50304
/// and 50303, which name a
/// conversation's attributes and are taken for those of users, participants and messages as well (inferred).
/// </remarks>
internal sealed class AttributeRule
{
    /// <summary>Of conversations and users.</summary>
    public static readonly AttributeRule Large = new(16 * 1024);

    /// <summary>Of participants and messages.</summary>
    public static readonly AttributeRule Small = new(4 * 1024);

    private AttributeRule(int maxBytes) => MaxBytes = maxBytes;

    /// <summary>In UTF-8.</summary>
    public int MaxBytes { get; }

    /// <summary>What is wrong, or null. Empty text sets them to none.</summary>
    public TwilioError? Fault(string? attributes)
    {
        if (string.IsNullOrEmpty(attributes)) return null;
        if (Encoding.UTF8.GetByteCount(attributes) > MaxBytes)
        {
            return ErrorCodes.Error(50303, $"Attributes are longer than {MaxBytes} bytes");
        }
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
