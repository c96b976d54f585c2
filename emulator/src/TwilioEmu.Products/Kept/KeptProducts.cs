using TwilioEmu.Accounts.Attaching;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Products.Kept;

/// <summary>The products that are stored resources and nothing else: Chat, Video. What they say in codes of their own.</summary>
/// <remarks>How their resources hang together is told in <c>Relations.txt</c> of the front door. twilio.com/docs/api/errors.</remarks>
public sealed class KeptProducts : IProduct
{
    private static readonly ApiCodes[] Codes =
    [
        new("chat_v1") { Taken = (50307, 409) }, new("chat_v2") { Taken = (50307, 409) },
        new("ip_messaging_v1") { Taken = (50307, 409) }, new("ip_messaging_v2") { Taken = (50307, 409) },
        new("video_v1") { Taken = (53113, 400) },
    ];

    /// <inheritdoc/>
    public void Attach(Floor floor)
    {
        foreach (var codes in Codes) floor.Door.Declare(codes);
    }
}
