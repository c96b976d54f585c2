using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;

namespace Bookings;

/// <summary>Lets in only what Twilio signed (twilio.com/docs/usage/security: HMAC-SHA1 of the URL and the sorted parameters).</summary>
public sealed class SignatureFilter(IOptions<TwilioSettings> settings) : IEndpointFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var form = await request.ReadFormAsync();
        var signed = request.GetEncodedUrl() + string.Concat(form.OrderBy(p => p.Key, StringComparer.Ordinal).SelectMany(p => p.Value, (p, value) => p.Key + value));
#pragma warning disable CA5350 // Twilio signs with SHA-1.
        var wanted = HMACSHA1.HashData(Encoding.UTF8.GetBytes(settings.Value.AuthToken), Encoding.UTF8.GetBytes(signed));
#pragma warning restore CA5350
        var given = new byte[wanted.Length];
        var isSigned = Convert.TryFromBase64String(request.Headers["X-Twilio-Signature"].ToString(), given, out var count) && count == wanted.Length
            && CryptographicOperations.FixedTimeEquals(given, wanted);
        return isSigned ? await next(context) : Results.StatusCode(StatusCodes.Status403Forbidden);
    }
}
