using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Swp.Gateway.Tests.Kit;
using Swp.Gateway.Tokens;
using Swp.Protocol;
using Swp.Relay;
using Swp.Testing.Time;
using Swp.Testing.Tokens;

namespace Swp.Gateway.Tests.Tokens;

public sealed class TokenVerifierTests : IAsyncLifetime
{
    private static readonly TokenSigner Rsa = TokenSigner.Rsa("rsa-1");
    private static readonly TokenSigner Ecdsa = TokenSigner.Ecdsa("ec-1");
    private static readonly TokenSigner Secret = TokenSigner.Secret(RandomNumberGenerator.GetBytes(32), "secret-1");
    private static readonly TokenSigner Forger = TokenSigner.Rsa("rsa-1");

    private readonly HostileTimeProvider _time = new();
    private readonly TokenOptions _options = new();
    private TestTokens _tokens = null!;

    private DateTimeOffset InAnHour => DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().AddHours(1).ToUnixTimeSeconds());

    public async ValueTask InitializeAsync() => _tokens = await TestTokens.StartAsync(_time, _options, Rsa, Ecdsa, Secret);

    public ValueTask DisposeAsync() => _tokens.DisposeAsync();

    // ---- Those that are let in --------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    [InlineData("HS256")]
    public async Task Check_EachAlgorithm_IsAcceptedAndItsFactsAreKnown(string algorithm)
    {
        var signer = new[] { Rsa, Ecdsa, Secret }.Single(one => one.Algorithm == algorithm);
        var expires = InAnHour;
        var claims = Claims();
        claims["name"] = "叫号屏";
        var verdict = await _tokens.CheckAsync(signer.Token(claims));

        Assert.Equal((TokenFault.None, true, expires + _options.ClockSkew), (verdict.Fault, verdict.IsAccepted, verdict.Until));
        Assert.Equal(("999", expires), (verdict.Facts!.Subject, verdict.Facts.Expires));
        Assert.Equal("叫号屏", verdict.Facts.Claims.Read<JsonObject>()["name"]!.GetValue<string>());
        Assert.Equal(1, _tokens.Source.Reads);
        Assert.Empty(_tokens.Log.Lines);
    }

    [Fact]
    public async Task Check_NoKeyId_EveryKeyOfItsAlgorithmIsTried() =>
        Assert.True((await _tokens.CheckAsync(Ecdsa.Token(Claims(), header => header.Remove("kid")))).IsAccepted);

    [Theory]
    [InlineData("\"caller\"", TokenFault.None)]
    [InlineData("[\"his\",\"caller\"]", TokenFault.None)]
    [InlineData("[7,null,{},\"caller\"]", TokenFault.None)]
    [InlineData("\"his\"", TokenFault.WrongType)]
    [InlineData("\"Caller\"", TokenFault.WrongType)]
    [InlineData("\"caller his\"", TokenFault.WrongType)]
    [InlineData("\"*\"", TokenFault.WrongType)]
    [InlineData("[]", TokenFault.WrongType)]
    [InlineData("[[\"caller\"]]", TokenFault.WrongType)]
    [InlineData("{\"caller\":true}", TokenFault.WrongType)]
    [InlineData("null", TokenFault.WrongType)]
    [InlineData(null, TokenFault.WrongType)]
    public async Task Check_TheTypeClaim_NamesTheEndpointsType(string? json, object expected)
    {
        var claims = Claims();
        claims.Remove("swp_type");
        if (json is not null)
        {
            claims["swp_type"] = JsonNode.Parse(json);
        }

        Assert.Equal(expected, (await _tokens.CheckAsync(Rsa.Token(claims))).Fault);
    }

    [Fact]
    public async Task Check_AnotherTypeClaim_IsTheOneThatCounts()
    {
        _options.TypeClaim = "https://example.com/roles";
        Assert.Equal(TokenFault.WrongType, (await _tokens.CheckAsync(Rsa.Token(Claims()))).Fault);
        var claims = Claims();
        claims["https://example.com/roles"] = new JsonArray("admin", "caller");
        Assert.True((await _tokens.CheckAsync(Rsa.Token(claims))).IsAccepted);
    }

    [Theory]
    [InlineData("\"999\"", TokenFault.None)]
    [InlineData("\"998\"", TokenFault.WrongClient)]
    [InlineData("\"999 \"", TokenFault.WrongClient)]
    [InlineData("\"\"", TokenFault.WrongClient)]
    [InlineData("999", TokenFault.WrongClient)]
    [InlineData("[\"999\"]", TokenFault.Malformed)]
    [InlineData(null, TokenFault.WrongClient)]
    public async Task Check_TheSubject_IsTheClientsId(string? json, object expected)
    {
        var claims = Claims();
        claims.Remove("sub");
        if (json is not null)
        {
            claims["sub"] = JsonNode.Parse(json);
        }

        Assert.Equal(expected, (await _tokens.CheckAsync(Rsa.Token(claims))).Fault);
    }

    // ---- Time -------------------------------------------------------------------------------------------------------------------------

    [Fact]
    public async Task Check_Expiry_IsByThisClockAndLeavesTheSkew()
    {
        var token = Rsa.Token(Claims());
        _time.Advance(TimeSpan.FromHours(1));
        Assert.True((await _tokens.CheckAsync(token)).IsAccepted);
        _time.Advance(_options.ClockSkew);
        var verdict = await _tokens.CheckAsync(token);
        Assert.Equal((TokenFault.Expired, CloseCode.Unauthorized, ErrorCodes.Unauthorized, false), (verdict.Fault, verdict.CloseCode, verdict.Error.Code, verdict.Error.Retryable));
        Assert.Equal("The token has expired: get a fresh one and connect with it.", verdict.Message);
    }

    [Fact]
    public async Task Check_NotYetValid_IsRefusedUntilItIs()
    {
        var claims = Claims();
        claims["nbf"] = (_time.GetUtcNow() + TimeSpan.FromMinutes(2)).ToUnixTimeSeconds();
        var token = Rsa.Token(claims);
        Assert.Equal(TokenFault.NotYetValid, (await _tokens.CheckAsync(token)).Fault);
        _time.Advance(TimeSpan.FromMinutes(2) - _options.ClockSkew);
        Assert.True((await _tokens.CheckAsync(token)).IsAccepted);
    }

    [Theory]
    [InlineData(null, TokenFault.NoExpiry)]
    [InlineData("9007199254740991", TokenFault.None)]
    [InlineData("1e300", null)]
    [InlineData("0", TokenFault.Expired)]
    [InlineData("-5", TokenFault.Expired)]
    [InlineData("\"tomorrow\"", null)]
    [InlineData("{}", null)]
    public async Task Check_OddExpiries_NeverThrowAndNeverLiveForEverByMistake(string? json, object? expected)
    {
        var claims = Claims();
        claims.Remove("exp");
        if (json is not null)
        {
            claims["exp"] = JsonNode.Parse(json);
        }

        var verdict = await _tokens.CheckAsync(Rsa.Token(claims));
        if (expected is not null)
        {
            Assert.Equal(expected, verdict.Fault);
        }
        else
        {
            Assert.False(verdict.IsAccepted);
        }
    }

    // ---- Issuer and audience ----------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData("https://issuer.example", "\"swp\"", TokenFault.None)]
    [InlineData("https://issuer.example", "[\"other\",\"swp\"]", TokenFault.None)]
    [InlineData("https://issuer.example", "\"other\"", TokenFault.WrongAudience)]
    [InlineData("https://issuer.example", "[]", TokenFault.WrongAudience)]
    [InlineData("https://issuer.example", null, TokenFault.WrongAudience)]
    [InlineData("https://evil.example", "\"swp\"", TokenFault.WrongIssuer)]
    [InlineData("https://issuer.example/", "\"swp\"", TokenFault.WrongIssuer)]
    [InlineData(null, "\"swp\"", TokenFault.WrongIssuer)]
    public async Task Check_IssuerAndAudience_AreWhatIsConfigured(string? issuer, string? audience, object expected)
    {
        (_options.Issuer, _options.Audience) = ("https://issuer.example", "swp");
        var claims = Claims();
        if (issuer is not null)
        {
            claims["iss"] = issuer;
        }

        if (audience is not null)
        {
            claims["aud"] = JsonNode.Parse(audience);
        }

        Assert.Equal(expected, (await _tokens.CheckAsync(Rsa.Token(claims))).Fault);
    }

    // ---- Forgeries --------------------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData(null, TokenFault.Missing)]
    [InlineData("", TokenFault.Missing)]
    [InlineData("x", TokenFault.Malformed)]
    [InlineData("..", TokenFault.Malformed)]
    [InlineData("a.b.c", TokenFault.Malformed)]
    [InlineData("a.b.c.d.e", TokenFault.Malformed)]
    [InlineData("e30.e30.e30", TokenFault.Malformed)]
    [InlineData("\ud800.\ud800.\ud800", TokenFault.Malformed)]
    public async Task Check_WhatIsNoToken_IsRefused(string? token, object expected) => Assert.Equal(expected, (await _tokens.CheckAsync(token)).Fault);

    [Fact]
    public async Task Check_TooLong_IsRefusedBeforeItIsRead()
    {
        var claims = Claims();
        claims["padding"] = new string('x', TokenVerifier.MaxLength);
        Assert.Equal(TokenFault.Malformed, (await _tokens.CheckAsync(Rsa.Token(claims))).Fault);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("HS512")]
    [InlineData("ES384")]
    [InlineData("rs256")]
    public async Task Check_AnotherAlgorithm_IsRefused_SignedOrNot(string algorithm)
    {
        Assert.Equal(TokenFault.Malformed, (await _tokens.CheckAsync(Rsa.Token(Claims(), header => header["alg"] = algorithm))).Fault);
        var unsigned = $"{TokenSigner.Encode($$"""{"alg":"{{algorithm}}","typ":"JWT","kid":"rsa-1"}""")}.{TokenSigner.Encode(Claims().ToJsonString())}";
        Assert.Equal(TokenFault.Malformed, (await _tokens.CheckAsync($"{unsigned}.")).Fault);
    }

    [Theory]
    [InlineData("rsa-1")]
    [InlineData("secret-1")]
    [InlineData(null)]
    public async Task Check_Hs256SignedWithThePublicKey_IsRefused(string? keyId)
    {
        var modulus = System.Buffers.Text.Base64Url.DecodeFromChars(Rsa.Jwk["n"]!.GetValue<string>());
        foreach (var guess in new[] { Encoding.ASCII.GetBytes(Rsa.Pem), Encoding.ASCII.GetBytes(Rsa.Pem.Trim() + "\n"), Convert.FromBase64String(string.Concat(Rsa.Pem.Split('\n')[1..^1])), modulus, Encoding.ASCII.GetBytes(Rsa.Jwk.ToJsonString()) })
        {
            var verdict = await _tokens.CheckAsync(TokenSigner.Secret(guess, keyId).Token(Claims()));
            Assert.Contains(verdict.Fault, new[] { TokenFault.UnknownKey, TokenFault.BadSignature });
        }
    }

    [Fact]
    public async Task Check_AnotherKeyUnderTheSameName_IsRefusedAtOnce()
    {
        Assert.Equal(TokenFault.BadSignature, (await _tokens.CheckAsync(Forger.Token(Claims()))).Fault);
        Assert.Equal(1, _tokens.Source.Reads);
    }

    [Theory]
    [InlineData("no-such")]
    [InlineData("ec-1")]
    [InlineData("RSA-1")]
    public async Task Check_ARightSignatureUnderAnotherKeysName_IsRefused(string keyId) =>
        Assert.Equal(TokenFault.UnknownKey, (await _tokens.CheckAsync(Rsa.Token(Claims(), header => header["kid"] = keyId))).Fault);

    [Theory]
    [InlineData("rsa-1")]
    [InlineData(null)]
    public async Task Check_KeysThatTheTokenBringsOrPointsTo_AreIgnored(string? keyId)
    {
        using var server = new JwksServer(Forger);
        var token = Forger.Token(Claims(), header =>
        {
            header.Remove("kid");
            if (keyId is not null)
            {
                header["kid"] = keyId;
            }

            header["jwk"] = Forger.Jwk.DeepClone();
            header["jku"] = server.Url;
            header["x5u"] = server.Url;
            header["x5c"] = new JsonArray(Convert.ToBase64String(Encoding.ASCII.GetBytes(Forger.Pem)));
        });

        Assert.Equal(TokenFault.BadSignature, (await _tokens.CheckAsync(token)).Fault);
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task Check_ACriticalHeaderThatIsNotUnderstood_IsRefused() =>
        Assert.Equal(TokenFault.Malformed, (await _tokens.CheckAsync(Rsa.Token(Claims(), header => header["crit"] = new JsonArray("b64")))).Fault);

    [Fact]
    public async Task Check_AnyCharacterChanged_IsRefusedAndNothingThrows()
    {
        _options.MinRefreshInterval = TimeSpan.Zero;
        var token = Ecdsa.Token(Claims());
        var signed = token.LastIndexOf('.');
        await Gen.Select(Gen.Int[0, signed - 1], Gen.Char[" -.019AZaz_~\0\ud800"]).SampleAsync(
            async (at, c) =>
            {
                var changed = token[..at] + c + token[(at + 1)..];
                return changed == token || !(await _tokens.CheckAsync(changed)).IsAccepted;
            },
            iter: 500);
    }

    // ---- What is said -----------------------------------------------------------------------------------------------------------------

    [Fact]
    public async Task Check_ARefusal_IsLoggedSeldomAndNothingOfTheTokenIs()
    {
        var token = Forger.Token(Claims());
        for (var i = 0; i < 5; i++)
        {
            await _tokens.CheckAsync(token);
        }

        Assert.Equal("Information: caller/999 is not let in: BadSignature (0 more like it since the last such line)", Assert.Single(_tokens.Log.Lines).Line);
        _time.Advance(TimeSpan.FromSeconds(10));
        await _tokens.CheckAsync(token);
        Assert.Equal("Information: caller/999 is not let in: BadSignature (4 more like it since the last such line)", _tokens.Log.Lines.Last().Line);
    }

    [Fact]
    public async Task WithoutKeys_NobodyIsLetIn_AndTheOperatorIsWarnedOnce()
    {
        await using var without = TestTokens.WithoutKeys(_time);
        without.Verifier.OnTypes([TestGateway.Caller, TestGateway.Caller with { Name = "his", RequiresToken = true }]);
        without.Verifier.OnTypes([TestGateway.Caller with { Name = "his", RequiresToken = true }]);
        Assert.StartsWith("Warning: The owners serve the type his, whose clients need a token, and this gateway has no keys", Assert.Single(without.Log.Lines).Line, StringComparison.Ordinal);

        var verdict = await without.CheckAsync(Rsa.Token(Claims()));
        Assert.Equal((TokenFault.NoKeys, CloseCode.Unauthorized, false), (verdict.Fault, verdict.CloseCode, verdict.IsAccepted));
    }

    [Fact]
    public void AttachRequest_IsWrittenWithoutTokenAndData()
    {
        var request = new AttachRequest
        {
            Gateway = Members.Gateway,
            GatewayName = "gateway1",
            ConnectionId = 7,
            Token = "secret-token",
            Data = Swp.Clients.JsonPayload.Parse("""{"clientId":"9","token":"secret-token"}"""),
            Verified = new Swp.Clients.TokenFacts { Subject = "9", Expires = _time.GetUtcNow(), Claims = Swp.Clients.JsonPayload.Parse("""{"name":"secret-token"}""") },
        };
        Assert.DoesNotContain("secret-token", $"{request} {request.Verified}", StringComparison.Ordinal);
        Assert.Contains("gateway1", $"{request}", StringComparison.Ordinal);
    }

    private JsonObject Claims() => TokenSigner.Claims("999", InAnHour);
}
