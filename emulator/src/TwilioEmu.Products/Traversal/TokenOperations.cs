using TwilioEmu.Kernel;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Traversal;

/// <summary>Tokens of the Network Traversal Service: short-lived credentials for STUN and TURN (twilio.com/docs/stun-turn/api).</summary>
/// <remarks>
/// Loop-confined. Nothing is kept: a token can be made, never fetched. No TURN server runs here, which the journal says at every token.
/// </remarks>
internal sealed class TokenOperations(World world)
{
    /// <summary>A token's usual and longest life in seconds.</summary>
    internal const int MaxLife = 86_400;

    /// <summary>The behaviours to hang on the front door.</summary>
    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours => [("CreateToken", Create)];

    private Answer Create(RestRequest request)
    {
        var life = request.Form["Ttl"] is { Length: > 0 } given ? int.TryParse(given, out var seconds) ? seconds : 0 : MaxLife;
        if (life is < 1 or > MaxLife)
        {
            return new Answer.Refusal(ErrorCodes.Error(20001, $"Invalid Ttl: '{request.Form["Ttl"]}' is not 1 to {MaxLife} seconds"));
        }
        world.Journal.Warn(
            request.Account, request.Path, request.Cause,
            "no STUN or TURN server runs here: the token's ice_servers name Twilio's own, which do not know it");
        return Answer.Of(new TraversalToken(
            request.Account, world.Sids.NewSecret() + world.Sids.NewSecret(), world.Sids.NewSecret(), life, world.Clock.GetUtcNow()));
    }
}
