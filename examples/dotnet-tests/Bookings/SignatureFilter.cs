using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;
using Twilio.Security;

namespace Bookings;

/// <summary>Lets in only what Twilio signed (twilio.com/docs/usage/security).</summary>
public sealed class SignatureFilter(IOptions<TwilioSettings> settings) : IEndpointFilter
{
    private readonly RequestValidator _validator = new(settings.Value.AuthToken);

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var form = (await request.ReadFormAsync()).ToDictionary(p => p.Key, p => p.Value.ToString());
        var signature = request.Headers["X-Twilio-Signature"].ToString();
        return signature.Length > 0 && _validator.Validate(request.GetEncodedUrl(), form, signature) ? await next(context) : Results.StatusCode(StatusCodes.Status403Forbidden);
    }
}
